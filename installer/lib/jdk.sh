# Finds the JDK that the program is built with. To be sourced.
# shellcheck shell=bash

find_jdk() { # prints the home of a JDK 25; the java on the PATH may be another
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* ~/.sdkman/candidates/java/*; do
        if [ -x "$home/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$home/release"; then
            printf '%s\n' "$home"
            return
        fi
    done
    return 1
}
