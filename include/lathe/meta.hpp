// SPDX-License-Identifier: MIT
#ifndef LATHE_META_HPP
#define LATHE_META_HPP

/// @file
/// @brief What classes can be made to be and to promise.
/// @par Example
/// @ref examples/contract.cpp

#include <lathe/meta/contract.hpp>
#include <lathe/meta/contract_fields.hpp>
#include <lathe/meta/erased.hpp>
#include <lathe/meta/singleton.hpp>
#include <lathe/meta/singleton_error.hpp>

#endif // LATHE_META_HPP
