# SPDX-License-Identifier: GPL-3.0-or-later
# The .deb here, the NSIS installer and the disk image on their systems. The tarball and the .rpm carry their libraries
# and are made by packaging/linux/make-packages.
set(CPACK_PACKAGE_NAME doorveil)
set(CPACK_PACKAGE_VENDOR "Doorveil")
set(CPACK_PACKAGE_CONTACT "Doorveil maintainers <maintainers@doorveil.invalid>" CACHE STRING "Name and address in packages")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "cover bystanders in doorbell footage before sharing it")
set(CPACK_PACKAGE_DESCRIPTION
"Doorveil finds faces and licence plates in clips of doorbell cameras and
covers everyone whom the owner did not choose to show, so that they cannot be
restored. It checks the finished clip frame by frame before it gets its name.
Everything happens on the owner's machine: the programs that touch footage
cannot open an internet connection.
.
This package holds the desktop program, the command line and the detection
models whose licences allow to pass them on.")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_MONOLITHIC_INSTALL ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is loaded by name and so not found by dpkg-shlibdeps: Qt's driver for projects.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

if(WIN32 OR DOORVEIL_PACKAGE_FOR_WINDOWS)
    include("${CMAKE_CURRENT_LIST_DIR}/windows/nsis.cmake")
elseif(APPLE)
    include("${CMAKE_CURRENT_LIST_DIR}/macos/dragndrop.cmake")
else()
    set(CPACK_GENERATOR DEB)
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
endif()
include(CPack)
