# gdb -batch -nx -x cmake/lathe_gdb.py -x tests/gdb/printers.gdb <program>
set width 0
set height 0
set confirm off
break end_of_show
run
up
