# SPDX-License-Identifier: GPL-3.0-or-later
# Compile options of every first-party target, as one interface target: doorveil_options.
add_library(doorveil_options INTERFACE)
target_compile_features(doorveil_options INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

target_include_directories(doorveil_options INTERFACE "${PROJECT_SOURCE_DIR}/app/core" "${PROJECT_SOURCE_DIR}/app")
target_compile_definitions(doorveil_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH
    QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(MSVC)
    target_compile_options(doorveil_options INTERFACE /W4 /permissive- /utf-8)
    if(DOORVEIL_WARNINGS_AS_ERRORS)
        target_compile_options(doorveil_options INTERFACE /WX)
    endif()
else()
    target_compile_options(doorveil_options INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
        -Wold-style-cast -Wunused-result
        # 128-bit products keep time arithmetic exact; both compilers have them.
        -Wno-pedantic)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # GCC bug 105651: std::string concatenation at -O3 is reported as overlapping copies.
        target_compile_options(doorveil_options INTERFACE -Wno-restrict)
    endif()
    if(DOORVEIL_WARNINGS_AS_ERRORS)
        target_compile_options(doorveil_options INTERFACE -Werror)
    endif()
    if(DOORVEIL_SANITIZE)
        target_compile_options(doorveil_options INTERFACE
            -fsanitize=${DOORVEIL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
        target_link_options(doorveil_options INTERFACE -fsanitize=${DOORVEIL_SANITIZE})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # What the sanitizers add hides from GCC that a value is set (its manual says so): false alarms in <regex>.
            target_compile_options(doorveil_options INTERFACE -Wno-maybe-uninitialized)
        endif()
    else()
        # Hardening of release builds; sanitizers bring their own.
        target_compile_options(doorveil_options INTERFACE
            $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2> -fstack-protector-strong)
        if(NOT APPLE)
            target_link_options(doorveil_options INTERFACE -Wl,-z,relro,-z,now)
        endif()
    endif()
endif()

# What Qt's tools write is theirs: meta-object code includes other .cpp files. Found before the project's own checks, which
# do not reach into the build folder then; clang-tidy wants one check at the least.
if(CMAKE_CXX_CLANG_TIDY)
    file(WRITE "${CMAKE_BINARY_DIR}/.clang-tidy" "Checks: '-*,modernize-use-nullptr'\nInheritParentConfig: false\n")
endif()
