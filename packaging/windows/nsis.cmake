# SPDX-License-Identifier: GPL-3.0-or-later
# The installer for Windows, by CPack and NSIS: for the user, no administrator needed; files of type .doorveil open in it.
set(CPACK_GENERATOR NSIS)
set(CPACK_PACKAGE_NAME Doorveil)
set(CPACK_PACKAGE_INSTALL_DIRECTORY Doorveil)
set(CPACK_NSIS_DISPLAY_NAME Doorveil)
set(CPACK_NSIS_PACKAGE_NAME Doorveil)
set(CPACK_NSIS_MUI_ICON "${CMAKE_CURRENT_LIST_DIR}/doorveil.ico")
set(CPACK_NSIS_MUI_UNIICON "${CMAKE_CURRENT_LIST_DIR}/doorveil.ico")
set(CPACK_NSIS_INSTALLED_ICON_NAME "bin\\doorveil.exe")
set(CPACK_NSIS_MANIFEST_DPI_AWARE ON)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_MODIFY_PATH OFF)
set(CPACK_SYSTEM_NAME win64)
set(CPACK_PACKAGE_EXECUTABLES doorveil Doorveil)
set(CPACK_NSIS_EXTRA_INSTALL_COMMANDS [[
  WriteRegStr SHCTX 'Software\Classes\.doorveil' '' 'Doorveil.Project'
  WriteRegStr SHCTX 'Software\Classes\Doorveil.Project' '' 'Doorveil project'
  WriteRegStr SHCTX 'Software\Classes\Doorveil.Project\DefaultIcon' '' '$INSTDIR\bin\doorveil.exe,0'
  WriteRegStr SHCTX 'Software\Classes\Doorveil.Project\shell\open\command' '' '"$INSTDIR\bin\doorveil.exe" "%1"'
]])
# Projects, keys and models of the user stay where they are.
set(CPACK_NSIS_EXTRA_UNINSTALL_COMMANDS [[
  DeleteRegKey SHCTX 'Software\Classes\Doorveil.Project'
  DeleteRegKey SHCTX 'Software\Classes\.doorveil'
]])
