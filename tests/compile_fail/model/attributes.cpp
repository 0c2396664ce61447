// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/attributes.hpp>

struct airport;

[[maybe_unused]] static constexpr auto good_alias = lathe::alias<"Airport Name">;
[[maybe_unused]] static constexpr auto good_reference = lathe::references<airport, "id">;

// expect-error(empty_alias): lathe::alias<Text>: Text is empty, and no key is; write the other name or drop the alias
#ifdef LATHE_CASE_empty_alias
auto empty_alias = lathe::alias<"">;
#endif

// expect-error(empty_reference): lathe::references<Model, Field>: Field is empty; write the name of the key of Model
#ifdef LATHE_CASE_empty_reference
auto empty_reference = lathe::references<airport, "">;
#endif
