# SPDX-License-Identifier: GPL-3.0-or-later
# Every third-party package, once. Minimum versions are those of Debian 12.
set(QT_NO_CREATE_VERSIONLESS_FUNCTIONS ON)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Sql)
find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Network)
if(DOORVEIL_GUI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Multimedia Svg DBus)
    find_package(Qt6 6.4 REQUIRED COMPONENTS LinguistTools)
endif()
if(DOORVEIL_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Gui) # reads the test pictures
endif()

find_package(FFmpeg 59 REQUIRED COMPONENTS avformat avcodec avutil swscale swresample)
# highgui, videoio, imgcodecs and cvv are never linked: Debian's drag a second Qt into the process.
find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc dnn video)
find_package(dlib 19.24 REQUIRED)
find_package(OneDNN 2.6 REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX) # of oneDNN: one thread a call
find_package(Protobuf REQUIRED)
find_package(ONNX REQUIRED CONFIG)
find_package(tomlplusplus 3 REQUIRED)
find_package(Qt6Keychain QUIET)
find_package(valijson REQUIRED)
if(NOT TARGET valijson) # Debian exports it without its namespace
    add_library(valijson ALIAS ValiJSON::valijson)
endif()
find_package(Threads REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
# Debian's CMake package of libzip names programs that its -dev package does not bring.
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
endif()

set_package_properties(Qt6 PROPERTIES PURPOSE "application framework, SQLite access, desktop program")
set_package_properties(FFmpeg PROPERTIES PURPOSE "reads clips in the worker, writes the export")
set_package_properties(OpenCV PROPERTIES PURPOSE "runs detectors, follows motion")
set_package_properties(OneDNN PROPERTIES PURPOSE "runs convolutional detectors")
set_package_properties(ONNX PROPERTIES PURPOSE "reads the networks of detectors")
set_package_properties(dlib PROPERTIES PURPOSE "embedded detectors")
set_package_properties(valijson PROPERTIES PURPOSE "checks consent records against their schema")
set_package_properties(tomlplusplus PROPERTIES PURPOSE "model, request and policy files")
