// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_HPP
#define LATHE_CORE_HPP

/// @file
/// @brief What every other room stands on.
/// @par Example
/// @ref examples/dict.cpp

#include <lathe/core/awaitable.hpp>
#include <lathe/core/concepts.hpp>
#include <lathe/core/error.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/core/result.hpp>
#include <lathe/core/type_name.hpp>
#include <lathe/core/version.hpp>

#endif // LATHE_CORE_HPP
