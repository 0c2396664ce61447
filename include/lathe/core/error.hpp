// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_ERROR_HPP
#define LATHE_CORE_ERROR_HPP

/// @file
/// @brief The base of everything that lathe throws.
/// @par Example
/// @ref examples/strikes.cpp

#include <stdexcept>

namespace lathe {
inline namespace v0 {

/// Every exception of lathe derives from this one, so one handler catches them all.
///
/// `what()` names the place, the rule and the value, in one line wherever one line is enough.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_ERROR_HPP
