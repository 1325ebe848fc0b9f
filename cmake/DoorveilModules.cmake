# SPDX-License-Identifier: GPL-3.0-or-later

# doorveil_add_module(NAME SOURCES … [PUBLIC libraries…] [PRIVATE libraries…])
# One static library doorveil_NAME (alias Doorveil::NAME) for one folder and one namespace.
function(doorveil_add_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
    add_library(doorveil_${name} STATIC ${arg_SOURCES})
    add_library(Doorveil::${name} ALIAS doorveil_${name})
    target_link_libraries(doorveil_${name} PUBLIC doorveil_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# doorveil_add_test(NAME SOURCES … [LIBRARIES …] [LABELS …] [TIMEOUT seconds])
# One Qt Test program, registered with CTest. CTest's limit is the one that counts: Qt Test's own, 300 s a function, is
# raised to it. A program that does more with DOORVEIL_FULL=1 gives a TIMEOUT that fits the full numbers, with room for
# sanitizers. Test data is reached through DOORVEIL_TEST_DATA and DOORVEIL_MODELS_DIR of the environment.
function(doorveil_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "GUI" "TIMEOUT" "SOURCES;LIBRARIES;LABELS")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE doorveil_options ${arg_LIBRARIES} Doorveil::testsupport Qt6::Test)
    target_compile_definitions(${name} PRIVATE
        DOORVEIL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        DOORVEIL_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set(environment
        QT_QPA_PLATFORM=offscreen
        QTEST_FUNCTION_TIMEOUT=${arg_TIMEOUT}000
        DOORVEIL_WORKER=$<$<TARGET_EXISTS:doorveil-worker>:$<TARGET_FILE:doorveil-worker>>)
    if(DOORVEIL_SANITIZE STREQUAL "thread")
        # Libraries are not instrumented: their own accesses are not looked at, their pthread locks are. Some tests start
        # themselves anew, and the copies have threads, too.
        list(APPEND environment "TSAN_OPTIONS=ignore_noninstrumented_modules=1:die_after_fork=0:second_deadlock_stack=1")
    endif()
    if(name IN_LIST DOORVEIL_THREAD_TESTS)
        list(APPEND arg_LABELS threads)
        add_dependencies(doorveil-thread-tests ${name})
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        LABELS "${arg_LABELS}"
        ENVIRONMENT "${environment}")
endfunction()
