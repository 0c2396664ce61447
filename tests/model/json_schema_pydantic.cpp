// SPDX-License-Identifier: MIT
// The schema of a model, key by key beside the one that pydantic 2.13 makes of the same model (the class at the end).
#include <lathe/model/json_schema.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::json_schema_pydantic {

enum class phase { climb, cruise };

struct leg {
    lathe::property<std::string, lathe::length<3>> to;
    lathe::property<double, lathe::greater_than<0>, lathe::less_than<20000>> km;
};

struct trip {
    lathe::property<std::string, lathe::alias<"Trip Name">, lathe::length<1, 80>, lathe::doc<"who travels">> name;
    lathe::property<int, lathe::in_range<1, 9>> seats = 1;
    lathe::property<int, lathe::multiple_of<5>, lathe::greater_than<-10>, lathe::less_than<100>> step = 0;
    lathe::property<double, lathe::at_least<0>> fare = 1.5;
    bool paid = false;
    lathe::property<std::string, lathe::starts_with<"LX">> code = "LX";
    lathe::property<std::string, lathe::one_of<"A", "B">> grade = "A";
    lathe::property<std::string, lathe::one_of<"x">> only = "x";
    phase now = phase::climb;
    lathe::property<std::optional<std::string>, lathe::url> site = std::nullopt;
    lathe::property<std::optional<std::string>, lathe::uuid> id = std::nullopt;
    std::optional<std::chrono::year_month_day> day{};
    std::optional<std::chrono::sys_seconds> at{};
    std::optional<std::chrono::seconds> wait{};
    lathe::property<std::optional<std::string>, lathe::max_length<200>> note = std::nullopt;
    lathe::property<std::vector<std::string>, lathe::each<lathe::max_length<20>>, lathe::max_length<5>> tags =
        std::vector<std::string>{};
    std::set<int> rows{};
    std::pair<int, std::string> pair{};
    lathe::property<std::map<std::string, double>, lathe::max_length<3>> prices = std::map<std::string, double>{};
    std::map<phase, int> counts{};
    std::variant<int, std::string> either{};
    leg first;
    lathe::property<std::vector<leg>, lathe::not_empty> legs;
    lathe::value extra{};
    lathe::bytes raw{};
};

struct row {
    std::string_view path;
    std::string_view pydantic;
    std::string_view ours;
    std::string_view why{}; // empty: they are the same
    row(std::string_view place, std::string_view both) : path(place), pydantic(both), ours(both) {}
    row(std::string_view place, std::string_view theirs, std::string_view lathes, std::string_view reason)
        : path(place), pydantic(theirs), ours(lathes), why(reason) {}
};

constexpr std::string_view in_place =
    "enumerations stand where they are used: rules may leave only some of their names";
constexpr std::string_view of_the_type = "from_json insists on the range of the C++ type";

// An empty text: there is no such key. Pydantic has besides a "title" in each property, made of its name. That is left
// out here: lathe has none, as it says nothing that the key does not.
const std::vector<row> table{
    {"/$defs/leg/additionalProperties", "false"},
    {"/$defs/leg/properties/to/maxLength", "3"},
    {"/$defs/leg/properties/to/minLength", "3", "1", "length<3> counts bytes, of which a character has up to four"},
    {"/$defs/leg/properties/to/type", "'string'"},
    {"/$defs/leg/properties/km/exclusiveMaximum", "20000"},
    {"/$defs/leg/properties/km/exclusiveMinimum", "0"},
    {"/$defs/leg/properties/km/type", "'number'"},
    {"/$defs/leg/required", "['to', 'km']"},
    {"/$defs/leg/title", "'leg'"},
    {"/$defs/leg/type", "'object'"},
    {"/$defs/phase/enum", "['climb', 'cruise']", "", in_place},
    {"/$defs/phase/title", "'phase'", "", in_place},
    {"/$defs/phase/type", "'string'", "", in_place},
    {"/additionalProperties", "false"},
    {"/properties/Trip Name/description", "'who travels'"},
    {"/properties/Trip Name/maxLength", "80"},
    {"/properties/Trip Name/minLength", "1"},
    {"/properties/Trip Name/type", "'string'"},
    {"/properties/seats/default", "1"},
    {"/properties/seats/maximum", "9"},
    {"/properties/seats/minimum", "1"},
    {"/properties/seats/type", "'integer'"},
    {"/properties/step/default", "0"},
    {"/properties/step/exclusiveMaximum", "100"},
    {"/properties/step/exclusiveMinimum", "-10"},
    {"/properties/step/multipleOf", "5"},
    {"/properties/step/type", "'integer'"},
    {"/properties/fare/default", "1.5"},
    {"/properties/fare/minimum", "0"},
    {"/properties/fare/type", "'number'"},
    {"/properties/paid/default", "false"},
    {"/properties/paid/type", "'boolean'"},
    {"/properties/code/default", "'LX'"},
    {"/properties/code/pattern", "'^LX'"},
    {"/properties/code/type", "'string'"},
    {"/properties/grade/default", "'A'"},
    {"/properties/grade/enum", "['A', 'B']"},
    {"/properties/grade/type", "'string'"},
    {"/properties/only/const", "'x'"},
    {"/properties/only/default", "'x'"},
    {"/properties/only/type", "'string'"},
    {"/properties/now/$ref", "'#/$defs/phase'", "", in_place},
    {"/properties/now/default", "'climb'"},
    {"/properties/site/anyOf/0/format", "'uri'"},
    {"/properties/site/anyOf/0/minLength", "1", "", "its format says more"},
    {"/properties/site/anyOf/0/type", "'string'"},
    {"/properties/site/anyOf/1/type", "'null'"},
    {"/properties/site/default", "none"},
    {"/properties/id/anyOf/0/format", "'uuid'"},
    {"/properties/id/anyOf/0/type", "'string'"},
    {"/properties/id/anyOf/1/type", "'null'"},
    {"/properties/id/default", "none"},
    {"/properties/day/anyOf/0/format", "'date'"},
    {"/properties/day/anyOf/0/type", "'string'"},
    {"/properties/day/anyOf/1/type", "'null'"},
    {"/properties/day/default", "none"},
    {"/properties/at/anyOf/0/format", "'date-time'"},
    {"/properties/at/anyOf/0/type", "'string'"},
    {"/properties/at/anyOf/1/type", "'null'"},
    {"/properties/at/default", "none"},
    {"/properties/wait/anyOf/0/format", "'duration'", "", "lathe writes 90s, and not PT90S"},
    {"/properties/wait/anyOf/0/type", "'string'"},
    {"/properties/wait/anyOf/1/type", "'null'"},
    {"/properties/wait/default", "none"},
    {"/properties/note/anyOf/0/maxLength", "200"},
    {"/properties/note/anyOf/0/type", "'string'"},
    {"/properties/note/anyOf/1/type", "'null'"},
    {"/properties/note/default", "none"},
    {"/properties/tags/default", "[]"},
    {"/properties/tags/items/maxLength", "20"},
    {"/properties/tags/items/type", "'string'"},
    {"/properties/tags/maxItems", "5"},
    {"/properties/tags/type", "'array'"},
    {"/properties/rows/default", "[]"},
    {"/properties/rows/items/type", "'integer'"},
    {"/properties/rows/type", "'array'"},
    {"/properties/rows/uniqueItems", "true"},
    {"/properties/pair/default", "[0, '']"},
    {"/properties/pair/maxItems", "2"},
    {"/properties/pair/minItems", "2"},
    {"/properties/pair/prefixItems/0/type", "'integer'"},
    {"/properties/pair/prefixItems/1/type", "'string'"},
    {"/properties/pair/type", "'array'"},
    {"/properties/prices/additionalProperties/type", "'number'"},
    {"/properties/prices/default", "{}"},
    {"/properties/prices/maxProperties", "3"},
    {"/properties/prices/type", "'object'"},
    {"/properties/counts/additionalProperties/type", "'integer'"},
    {"/properties/counts/default", "{}"},
    {"/properties/counts/propertyNames/$ref", "'#/$defs/phase'", "", in_place},
    {"/properties/counts/type", "'object'"},
    {"/properties/either/anyOf/0/type", "'integer'"},
    {"/properties/either/anyOf/1/type", "'string'"},
    {"/properties/either/default", "0"},
    {"/properties/first/$ref", "'#/$defs/leg'"},
    {"/properties/legs/items/$ref", "'#/$defs/leg'"},
    {"/properties/legs/minItems", "1"},
    {"/properties/legs/type", "'array'"},
    {"/properties/extra/default", "none"},
    {"/properties/raw/default", "''"},
    {"/properties/raw/format", "'binary'", "", "draft 2020-12 has a keyword for it"},
    {"/properties/raw/type", "'string'"},
    {"/required", "['Trip Name', 'first', 'legs']"},
    {"/title", "'trip'"},
    {"/type", "'object'"},
    {"/$schema", "", "'https://json-schema.org/draft/2020-12/schema'", "says which draft it is"},
    {"/properties/rows/items/minimum", "", "-2147483648", of_the_type},
    {"/properties/rows/items/maximum", "", "2147483647", of_the_type},
    {"/properties/pair/prefixItems/0/minimum", "", "-2147483648", of_the_type},
    {"/properties/pair/prefixItems/0/maximum", "", "2147483647", of_the_type},
    {"/properties/counts/additionalProperties/minimum", "", "-2147483648", of_the_type},
    {"/properties/counts/additionalProperties/maximum", "", "2147483647", of_the_type},
    {"/properties/either/anyOf/0/minimum", "", "-2147483648", of_the_type},
    {"/properties/either/anyOf/0/maximum", "", "2147483647", of_the_type},
    {"/properties/pair/items", "", "false", "says that nothing follows without counting"},
    {"/properties/now/type", "", "'string'", in_place},
    {"/properties/now/enum", "", "['climb', 'cruise']", in_place},
    {"/properties/counts/propertyNames/type", "", "'string'", in_place},
    {"/properties/counts/propertyNames/enum", "", "['climb', 'cruise']", in_place},
    {"/properties/raw/contentEncoding", "", "'base64'", "draft 2020-12 has a keyword for it"},
    {"/properties/wait/anyOf/0/pattern", "", "'^\\\\s*[+-]?[0-9]+\\\\s*s\\\\s*$'", "lathe writes 90s, and not PT90S"},
};

// Every leaf by its path: {"a": {"b": 1}} -> {"/a/b", "1"}.
void flatten(const lathe::value& from, const std::string& path, std::map<std::string, std::string>& to) {
    if (const auto* const entries = from.get_if<lathe::dict>(); entries != nullptr && !entries->empty()) {
        for (const auto& [key, held] : *entries)
            flatten(held, path + '/' + key, to);
        return;
    }
    if (const auto* const elements = from.get_if<lathe::list>()) {
        const bool nested = std::any_of(
            elements->begin(), elements->end(), [](const lathe::value& element) { return element.is<lathe::dict>(); });
        for (std::size_t i = 0; nested && i < elements->size(); ++i)
            flatten((*elements)[i], path + '/' + std::to_string(i), to);
        if (nested) return;
    }
    std::string text = to_string(from);
    std::replace(text.begin(), text.end(), '"', '\'');
    to[path] = text;
}

TEST_CASE("json_schema: beside pydantic's, key by key", "[json_schema][pydantic]") {
    std::map<std::string, std::string> ours;
    flatten(lathe::json_schema<trip>(), "", ours);
    for (const row& expected : table) {
        INFO(expected.path << ": " << expected.why);
        const auto found = ours.find(std::string(expected.path));
        CHECK((found == ours.end() ? std::string() : found->second) == expected.ours);
        CHECK((expected.pydantic != expected.ours) == !expected.why.empty());
        if (found != ours.end()) ours.erase(found);
    }
    for (const auto& [path, text] : ours)
        FAIL_CHECK(path << ": " << text << " is not in the table");
}

// What pydantic's column was printed by (json.dumps(trip.model_json_schema())):
/*
    class phase(Enum):
        climb='climb'; cruise='cruise'
    class leg(BaseModel):
        model_config = ConfigDict(extra='forbid')
        to: str = Field(min_length=3, max_length=3)
        km: float = Field(gt=0, lt=20000)
    class trip(BaseModel):
        model_config = ConfigDict(extra='forbid')
        name: str = Field(min_length=1, max_length=80, description='who travels', alias='Trip Name')
        seats: int = Field(default=1, ge=1, le=9)
        step: int = Field(default=0, multiple_of=5, gt=-10, lt=100)
        fare: float = Field(default=1.5, ge=0)
        paid: bool = False
        code: str = Field(default='LX', pattern='^LX')
        grade: Literal['A','B'] = 'A'
        only: Literal['x'] = 'x'
        now: phase = phase.climb
        site: Optional[AnyUrl] = None
        id: Optional[UUID] = None
        day: Optional[date] = None
        at: Optional[datetime] = None
        wait: Optional[timedelta] = None
        note: Optional[str] = Field(default=None, max_length=200)
        tags: list[Annotated[str, Field(max_length=20)]] = Field(default=[], max_length=5)
        rows: set[int] = Field(default=set())
        pair: tuple[int, str] = (0, '')
        prices: dict[str, float] = Field(default={}, max_length=3)
        counts: dict[phase, int] = {}
        either: Union[int, str] = 0
        first: leg
        legs: list[leg] = Field(min_length=1)
        extra: Any = None
        raw: bytes = b''
*/

} // namespace lathe_test::json_schema_pydantic
