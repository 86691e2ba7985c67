#!/bin/sh
# Starts the program whose name this file has: finds a Java, then becomes it.
# The JVM's options are in ../lib/NAME.options, the main class is in ../lib/NAME.main.
# More JVM options may be given in LOCALCHAT_JAVA_OPTS.
set -u
needed=@jdk.version@

# Prints where a path leads in the end. (readlink -f is not everywhere.)
follow() {
    path=$1
    while [ -h "$path" ]; do
        link=$(readlink "$path") || return
        case $link in
            /*) path=$link ;;
            *) path=$(dirname "$path")/$link ;;
        esac
    done
    printf '%s\n' "$path"
}

# Is there a Java in folder $1 that is new enough? Its file "release" says so; asking it would take longer.
suits() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            [ "${value%%[!0-9]*}" -ge "$needed" ] 2>/dev/null
            return
        fi
    done <"$1/release"
    return 1
}

find_java() {
    if [ -x "$home/runtime/bin/java" ]; then
        printf '%s\n' "$home/runtime"
        return
    fi
    on_path=$(command -v java) && on_path=$(dirname "$(follow "$on_path")")/..
    for candidate in \
        "${JAVA_HOME:-}" \
        "$on_path" \
        /usr/lib/jvm/* \
        /usr/lib64/jvm/* \
        /usr/java/* \
        /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME:-}"/.jdks/* \
        "${HOME:-}"/.sdkman/candidates/java/*; do
        if suits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

self=$(follow "$0")
program=$(basename "$self")
home=$(CDPATH='' cd -- "$(dirname "$self")/.." && pwd -P) || exit 1
java=$(find_java) || {
    echo "$program: no Java $needed or newer was found; install a JDK $needed, or set JAVA_HOME to one" >&2
    exit 1
}

# In a locale that has no UTF-8 or is not installed, Java takes every letter beyond ASCII in arguments
# and file names for a question mark. The language that was asked for stays.
language=
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
    asked=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
    asked=${asked%%[.@]*}
    case $asked in
        [a-z][a-z]_[A-Z][A-Z]) language="-Duser.language=${asked%_*} -Duser.country=${asked#*_}" ;;
        [a-z][a-z]) language=-Duser.language=$asked ;;
    esac
    LC_ALL=C.UTF-8
    export LC_ALL
fi

# Named one by one, for java's own lib/* has no fixed order.
jars=
for jar in "$home"/lib/*.jar; do
    jars=$jars${jars:+:}$jar
done

set -f # What is not quoted below is split at blanks, and nothing else happens to it.
# shellcheck disable=SC2086
exec "$java/bin/java" "@$home/lib/$program.options" $language ${LOCALCHAT_JAVA_OPTS:-} \
    -cp "$jars" "@$home/lib/$program.main" "$@"
