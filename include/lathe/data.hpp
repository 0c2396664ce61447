// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_HPP
#define LATHE_DATA_HPP

/// @file
/// @brief Files as models: sources, records, rows.
/// @par Example
/// @ref examples/strikes.cpp

#include <lathe/data/csv.hpp>
#include <lathe/data/csv_options.hpp>
#include <lathe/data/csv_records.hpp>
#include <lathe/data/source.hpp>

#endif // LATHE_DATA_HPP
