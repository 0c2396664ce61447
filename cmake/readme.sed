# Gives README.md's headings the names by which it links to them, as GitHub does; Doxygen wants them written.
s/^\(## \)\(.*\)$/\1\2 {#\L\2}/
:blank
s/\({#[^} ]*\) /\1-/
t blank
:sign
s/\({#[a-z-]*\)[^a-z}-]/\1/
t sign
