// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_VERSION_HPP
#define LATHE_CORE_VERSION_HPP

/// @file
/// @brief The version of lathe, for the preprocessor and for code.
/// @par Example
/// @snippet tests/core/version.cpp example

#include <string_view>

/// Rises when code that uses lathe has to change.
#define LATHE_VERSION_MAJOR 0
/// Rises with new features; while the major version is 0, also when code has to change.
#define LATHE_VERSION_MINOR 1
/// Rises with each correction.
#define LATHE_VERSION_PATCH 0

namespace lathe {
inline namespace v0 {

// Not a struct with members major and minor: some C libraries define macros of those names.

/// `LATHE_VERSION_MAJOR` as a constant.
inline constexpr int version_major = LATHE_VERSION_MAJOR;
/// `LATHE_VERSION_MINOR` as a constant.
inline constexpr int version_minor = LATHE_VERSION_MINOR;
/// `LATHE_VERSION_PATCH` as a constant.
inline constexpr int version_patch = LATHE_VERSION_PATCH;

/// @cond
#define LATHE_DETAIL_TEXT_OF(x) #x
#define LATHE_DETAIL_TEXT(x) LATHE_DETAIL_TEXT_OF(x)
/// @endcond

/// The three numbers with dots between them, such as "0.1.0".
inline constexpr std::string_view version = LATHE_DETAIL_TEXT(LATHE_VERSION_MAJOR) "." LATHE_DETAIL_TEXT(
    LATHE_VERSION_MINOR) "." LATHE_DETAIL_TEXT(LATHE_VERSION_PATCH);

#undef LATHE_DETAIL_TEXT
#undef LATHE_DETAIL_TEXT_OF

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_VERSION_HPP
