# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a source file is not as clang-format (version 14, as in Debian 12) would write it.
file(GLOB_RECURSE sources
    "${SOURCE_DIR}/app/*.cpp" "${SOURCE_DIR}/app/*.h"
    "${SOURCE_DIR}/ui/*.cpp" "${SOURCE_DIR}/ui/*.h"
    "${SOURCE_DIR}/tests/*.cpp" "${SOURCE_DIR}/tests/*.h")
execute_process(
    COMMAND "${CLANG_FORMAT}" --dry-run --Werror ${sources}
    RESULT_VARIABLE result
    ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "run clang-format -i on these:\n${output}")
endif()
list(LENGTH sources count)
message(STATUS "${count} files are formatted")
