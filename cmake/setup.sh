#!/bin/sh
# Installs what building and testing lathe needs and this machine lacks (Debian 12, Ubuntu 24.04 and newer).
#   cmake/setup.sh          compiler, CMake, Ninja, Boost, fmt, Catch2, benchmark, SQLite, nlohmann_json
#   cmake/setup.sh --all    and what .ci/run needs: clang, Doxygen, ccache, valgrind, gdb, gcovr, validators
# Says what it does; silent and quick when nothing is missing.
set -eu

# One line each: package, then how to see that it is there without dpkg (a command or a file), or "-".
needed='
g++                 g++
cmake               cmake
ninja-build         ninja
libboost-dev        /usr/include/boost/hana.hpp
libfmt-dev          /usr/include/fmt/format.h
catch2              /usr/include/catch2
libbenchmark-dev    /usr/include/benchmark/benchmark.h
libsqlite3-dev      /usr/include/sqlite3.h
nlohmann-json3-dev  /usr/include/nlohmann/json.hpp
'
# Of packages written a|b, the first that the distribution has.
needed_for_all='
git                                 git
clang-19|clang-20                   clang++-19
libclang-rt-19-dev|libclang-rt-20-dev  -
doxygen                             doxygen
ccache                              ccache
valgrind                            valgrind
pkg-config                          pkg-config
gdb                                 gdb
gcovr                               gcovr
python3                             python3
python3-jsonschema                  -
'
# What benchmarks compare with, when they find it.
peers='
libtbb-dev          /usr/include/tbb/concurrent_lru_cache.h
libcuckoo-dev       /usr/include/libcuckoo/cuckoohash_map.hh
libasio-dev         /usr/include/asio/thread_pool.hpp
prometheus-cpp-dev  /usr/include/prometheus/histogram.h
'

case "${1-}" in
'') ;;
--all) needed="$needed$needed_for_all$peers" ;;
*)
    echo "usage: cmake/setup.sh [--all]" >&2
    exit 2
    ;;
esac

is_installed() {
    for name in $(echo "$1" | tr '|' ' '); do
        case "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" in
        installed) return 0 ;;
        esac
    done
    return 1
}

missing=''
while read -r package probe; do
    case "$probe" in
    '') continue ;;
    /*) [ -e "$probe" ] && continue ;;
    -) ;;
    *) command -v "$probe" >/dev/null 2>&1 && continue ;;
    esac
    is_installed "$package" || missing="$missing $package"
done <<END
$needed
END

# at_least <have> <want>
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

if [ -n "$missing" ]; then
    ID=unknown VERSION_ID='' PRETTY_NAME='this system'
    [ -r /etc/os-release ] && . /etc/os-release
    supported=no
    case "$ID" in
    debian) at_least "${VERSION_ID:-99}" 12 && supported=yes ;; # testing has no number
    ubuntu) at_least "${VERSION_ID:-0}" 24.04 && supported=yes ;;
    esac
    if [ "$supported" = no ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "setup: $PRETTY_NAME is not Debian >= 12 or Ubuntu >= 24.04, so nothing is installed." >&2
        echo "setup: please install what these packages hold:$missing" >&2
        exit 1
    fi

    sudo=''
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "setup: to install$missing, run this as root (there is no sudo)" >&2
            exit 1
        fi
        sudo=sudo
    fi
    echo "setup: reading the package lists"
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq

    chosen=''
    for package in $missing; do
        for name in $(echo "$package" | tr '|' ' '); do
            last=$name
            if apt-cache show "$name" >/dev/null 2>&1; then
                break
            fi
        done
        chosen="$chosen $last"
    done
    echo "setup: installing$chosen"
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words
    if ! $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $chosen \
        </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        echo "setup: apt-get could not install$chosen" >&2
        exit 1
    fi
    rm -f "$log"
    echo "setup: done"
fi

# wants <tool> <version> <sentence>
wants() {
    have=$("$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1)
    if ! at_least "${have:-0}" "$2"; then
        echo "setup: lathe needs $1 >= $2; this one is ${have:-unknown}. $3" >&2
        exit 1
    fi
}
[ -n "${CXX-}" ] || wants g++ 12 "Install a newer one, or set CXX to clang++ >= 19."
wants cmake 3.25 "https://cmake.org/download has newer ones."
