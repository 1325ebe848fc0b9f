# SPDX-License-Identifier: GPL-3.0-or-later
# The disk image for macOS. Configured, not run: see docs/releasing.md.
set(CPACK_GENERATOR DragNDrop)
set(CPACK_DMG_VOLUME_NAME Doorveil)
set(CPACK_DMG_FORMAT UDZO)
set_target_properties(doorveil PROPERTIES
    MACOSX_BUNDLE_BUNDLE_NAME Doorveil
    MACOSX_BUNDLE_GUI_IDENTIFIER org.doorveil.Doorveil
    MACOSX_BUNDLE_SHORT_VERSION_STRING "${PROJECT_VERSION}"
    MACOSX_BUNDLE_BUNDLE_VERSION "${PROJECT_VERSION}"
    MACOSX_BUNDLE_ICON_FILE doorveil.icns
    MACOSX_BUNDLE_INFO_PLIST "${CMAKE_CURRENT_LIST_DIR}/Info.plist.in")
target_sources(doorveil PRIVATE "${CMAKE_CURRENT_LIST_DIR}/doorveil.icns")
set_source_files_properties("${CMAKE_CURRENT_LIST_DIR}/doorveil.icns" TARGET_DIRECTORY doorveil
    PROPERTIES MACOSX_PACKAGE_LOCATION Resources)
# The command line and the decoder's process belong into the bundle, so that it can be moved as one.
install(TARGETS doorveil-cli RUNTIME DESTINATION doorveil.app/Contents/MacOS)
if(TARGET doorveil-worker)
    install(TARGETS doorveil-worker RUNTIME DESTINATION doorveil.app/Contents/MacOS)
endif()
