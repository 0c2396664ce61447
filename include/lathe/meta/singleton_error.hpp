// SPDX-License-Identifier: MIT
#ifndef LATHE_META_SINGLETON_ERROR_HPP
#define LATHE_META_SINGLETON_ERROR_HPP

/// @file
/// @brief What a singleton throws when it cannot be used.
/// @par Example
/// @ref examples/singleton.cpp

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {

/// Thrown when a singleton cannot be used the way it is: it is made already, needs itself to be made, or is destroyed.
///
/// `what()` names the class, what is wrong and the way out.
class singleton_error : public error {
public:
    using error::error;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_META_SINGLETON_ERROR_HPP
