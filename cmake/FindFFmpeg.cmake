# SPDX-License-Identifier: GPL-3.0-or-later
# FindFFmpeg: imported targets FFmpeg::<component> for avformat, avcodec, avutil, swscale and swresample.
# The version is libavformat's (59 is FFmpeg 5.1). Looks through pkg-config first, then by file name (vcpkg).
find_package(PkgConfig QUIET)

set(_ffmpeg_required FFmpeg_INCLUDE_DIR)
foreach(_component IN LISTS FFmpeg_FIND_COMPONENTS)
    if(PkgConfig_FOUND)
        pkg_check_modules(PC_FFmpeg_${_component} QUIET lib${_component})
    endif()
    find_path(FFmpeg_${_component}_INCLUDE_DIR lib${_component}/${_component}.h
        HINTS ${PC_FFmpeg_${_component}_INCLUDE_DIRS})
    find_library(FFmpeg_${_component}_LIBRARY ${_component} HINTS ${PC_FFmpeg_${_component}_LIBRARY_DIRS})
    mark_as_advanced(FFmpeg_${_component}_INCLUDE_DIR FFmpeg_${_component}_LIBRARY)
    if(FFmpeg_${_component}_INCLUDE_DIR AND FFmpeg_${_component}_LIBRARY)
        set(FFmpeg_${_component}_FOUND TRUE)
        set(FFmpeg_INCLUDE_DIR "${FFmpeg_${_component}_INCLUDE_DIR}")
    endif()
    if(_component STREQUAL "avformat" AND FFmpeg_avformat_FOUND)
        file(STRINGS "${FFmpeg_avformat_INCLUDE_DIR}/libavformat/version_major.h" _ffmpeg_major
            REGEX "#define +LIBAVFORMAT_VERSION_MAJOR")
        string(REGEX MATCH "[0-9]+" FFmpeg_VERSION "${_ffmpeg_major}")
    endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFmpeg
    REQUIRED_VARS FFmpeg_INCLUDE_DIR
    VERSION_VAR FFmpeg_VERSION
    HANDLE_COMPONENTS)

if(FFmpeg_FOUND)
    foreach(_component IN LISTS FFmpeg_FIND_COMPONENTS)
        if(NOT TARGET FFmpeg::${_component})
            add_library(FFmpeg::${_component} UNKNOWN IMPORTED)
            set_target_properties(FFmpeg::${_component} PROPERTIES
                IMPORTED_LOCATION "${FFmpeg_${_component}_LIBRARY}"
                INTERFACE_INCLUDE_DIRECTORIES "${FFmpeg_${_component}_INCLUDE_DIR}")
        endif()
    endforeach()
endif()
