# SPDX-License-Identifier: MIT
"""Shows lathe's types in gdb as what they hold: p ada prints {name = "Ada", age = 36, email = none}.

Load it by hand or from ~/.gdbinit:   source <prefix>/share/lathe/gdb/lathe_gdb.py
`set print pretty on` gives each field a line, and `p/r ada` shows the insides. Nothing of the program is called, so
core files will do. It works for g++ and clang, with libstdc++'s own printers or without them.
"""

import gdb
import gdb.printing

# ---- reading ------------------------------------------------------------------


def read(address, type_name):
    """The value of a type that lies at an address."""
    return gdb.Value(address).cast(gdb.lookup_type(type_name).pointer()).dereference()


def name_of(value):
    """The name of a value's type, without typedefs and const."""
    plain = value.type.strip_typedefs().unqualified()
    return plain.tag or plain.name or ""


def member(value, name):
    """The first member of that name, in the value or in what it is made of; None if there is none.

    libstdc++ keeps the members of its types in bases and members that change with its versions.
    """
    kind = value.type.strip_typedefs()
    if kind.code not in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
        return None
    fields = [field for field in kind.fields() if hasattr(field, "bitpos")]
    for field in fields:
        if field.name == name:
            return value[field]
    for field in fields:
        found = member(value[field], name)
        if found is not None:
            return found
    return None


def is_string(value):
    return is_string_type(name_of(value)) and value.address is not None


def is_string_type(name):
    return name.startswith("std::__cxx11::basic_string<char,")


def characters_of(address):
    """The first character and the length of the std::string at an address.

    By where libstdc++ puts them, and not by their names: clang leaves the members out of the debug information.
    """
    data = read(address, "unsigned long")
    length = int(read(address + data.type.sizeof, "unsigned long"))
    if length >= 1 << 40:
        raise gdb.MemoryError("a string that is not initialised")
    return data.cast(gdb.lookup_type("char").pointer()), length


def quoted(address):
    """The std::string at an address, as gdb shows texts: in quotes, and cut by `set print elements`."""
    data, length = characters_of(address)
    return data.lazy_string(length=length)


def text_of(string):
    """A std::string as Python's."""
    data, length = characters_of(int(string.address))
    return data.string("utf-8", "replace", length=length)


def elements_of(vector):
    """The elements of a std::vector."""
    first, count = place_of(vector)
    return ((first + i).dereference() for i in range(count))


def place_of(vector):
    """The first element of a std::vector, and how many there are."""
    first = member(vector, "_M_start")
    element = first.type.strip_typedefs().target()
    count = (int(member(vector, "_M_finish")) - int(first)) // element.sizeof
    return first.cast(element.pointer()), count


def is_vector(value):
    return name_of(value).startswith("std::vector<") and not name_of(value).startswith("std::vector<bool,")


def is_optional(value):
    return name_of(value).startswith("std::optional<")


def in_optional(optional):
    """What is in a std::optional, or None."""
    if not member(optional, "_M_engaged"):
        return None
    # It lies at the beginning, whatever the members around it are called.
    return optional.address.cast(optional.type.strip_typedefs().template_argument(0).pointer()).dereference()


# ---- showing ------------------------------------------------------------------


class Word:
    """A word, or a value that gdb shows well by itself."""

    def __init__(self, shown):
        self.shown = shown

    def to_string(self):
        return self.shown


class Text:
    """A std::string."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return quoted(int(self.value.address))

    def display_hint(self):
        return "string"


class Children:
    """Named values; `children` is called for them each time, and gdb stops where it has enough."""

    def __init__(self, children, hint=None):
        self.make = children
        self.hint = hint

    def to_string(self):
        # gdb writes nothing at all where there are no children.
        return "{}" if next(self.children(), None) is None else None

    def children(self):
        try:
            yield from self.make()
        except gdb.MemoryError as error:  # not initialised yet, or overwritten
            yield "?", "<%s>" % error
            if self.hint == "map":
                yield "?", "?"

    def display_hint(self):
        return self.hint


def in_a_row(values):
    """The children of an array."""
    return (("[%d]" % i, child(value)) for i, value in enumerate(values))


def child(value):
    """A value as gdb takes it for a child of a printer: no printer, since it looks for one itself."""
    if is_string(value):
        return quoted(int(value.address))
    if is_optional(value):
        inner = in_optional(value)
        return "none" if inner is None else child(inner)
    if is_vector(value):
        first, count = place_of(value)
        if count == 0:
            return "{}"
        return first.cast(first.type.target().array(count - 1).pointer()).dereference()
    if name_of(value) == "std::byte":
        return value.cast(gdb.lookup_type("unsigned int"))
    value.fetch_lazy()  # what cannot be read ends this list, and not the whole command
    return value


def printer_of(value):
    """The printer of what is in another value: ours for the commonest types, so that they look alike whether or not
    libstdc++'s are loaded; else whichever gdb knows."""
    if is_string(value):
        return Text(value)
    if is_optional(value):
        inner = in_optional(value)
        return Word("none") if inner is None else printer_of(inner)
    if is_vector(value):
        return Children(lambda: in_a_row(elements_of(value)), "array")
    return gdb.default_visualizer(value) or Word(value)


# ---- lathe's types ------------------------------------------------------------


def show_property(value):
    """A property is what it holds; so is a field."""
    return printer_of(value["m_value"])


def show_value(value):
    """A value is what it holds: null, true, 36, "Ada", {1, 2}, {["name"] = "Ada"}."""
    kinds = ("null", "boolean", "integer", "natural", "real", "text", "bytes", "list", "dict")
    kind = int(value["m_kind"])
    if kind >= len(kinds):
        return Word("<no value of lathe: its kind is %d>" % kind)
    return Word("null") if kind == 0 else printer_of(value["m_held"][kinds[kind]])


def show_list(value):
    return Children(lambda: in_a_row(elements_of(value["m_values"])), "array")


def show_dict(value):
    def children():
        for i in range(int(value["m_size"])):
            entry = value["m_entries"][i]
            yield "key %d" % i, child(entry["m_key"])
            yield "value %d" % i, entry["m_value"]

    return Children(children, "map")


def show_record(value):
    """The fields of a record; their types are told by the tags that the model has for them."""
    block = value["m_block"]
    if int(block) == 0:
        return Word("none")
    model = block.dereference()["model"].dereference()

    def field_of(field):
        address = int(block) + int(field["offset"]) + int(field["held_offset"])
        tag = gdb.execute("info symbol %d" % int(field["of"].dereference()["tag"]), to_string=True)
        # "lathe::v0::detail::type_tag<int> in section .rodata"
        name = tag[tag.find("<") + 1 : tag.rfind(">")].strip()
        if is_string_type(name):
            return quoted(address)
        try:
            return child(read(address, name))
        except gdb.error:  # stripped, or a type that has no name
            return "<%s at %#x>" % (name or "?", address)

    return Children(lambda: ((text_of(field["name"]), field_of(field)) for field in elements_of(model["m_fields"])))


def show_handle(value):
    """The object of a handle to an entry of a cache, and how many owners it has."""
    if int(value["m_object"]) == 0:
        return Word("null")

    def children():
        yield "object", child(value["m_object"].dereference())
        yield "owners", member(value["m_entry"].dereference()["m_pins"], "_M_i")

    return Children(children)


def show_result(value):
    """The value of a result, or its error."""
    state = value["m_state"]
    types = value.type.strip_typedefs()
    index = int(member(state, "_M_index"))
    if index > 1:
        return Word("<neither value nor error>")
    held = types.template_argument(index)
    if held.code == gdb.TYPE_CODE_VOID:
        return Word("success")
    # Both begin where the variant's storage does.
    at = member(state, "_M_u").address.cast(held.pointer())
    return Children(lambda: iter([("value" if index == 0 else "error", child(at.dereference()))]))


def show_validation_error(value):
    """The issues, a line of `what()` each."""
    state = value["m_shared"]["m_state"]
    if int(state) == 0:
        return Word("none")

    def issues():
        model = text_of(state["model"])
        for issue in elements_of(state["issues"]):
            path = text_of(issue["path"])
            dot = "." if model and path and not path.startswith("[") else ""
            place = model + dot + path
            yield gdb.Value(place + (": " if place else "") + text_of(issue["message"]))

    return Children(lambda: in_a_row(issues()), "array")


def guarded(show):
    """What is not initialised yet, or overwritten, is said to be so."""

    def make(value):
        try:
            return show(value.referenced_value() if value.type.code == gdb.TYPE_CODE_REF else value)
        except gdb.MemoryError as error:
            return Word("<%s>" % error)

    return make


def printers():
    known = gdb.printing.RegexpCollectionPrettyPrinter("lathe")
    for name, pattern, show in (
        ("property", "property<.*>", show_property),
        ("value", "value", show_value),
        ("list", "list", show_list),
        ("dict", "dict", show_dict),
        ("record", "record", show_record),
        ("cache_handle", "cache_handle<.*>", show_handle),
        ("result", "result<.*>", show_result),
        ("validation_error", "validation_error", show_validation_error),
    ):
        known.add_printer(name, r"^lathe::(v\d+::)?%s$" % pattern, guarded(show))
    return known


gdb.printing.register_pretty_printer(gdb.current_objfile(), printers(), replace=True)
