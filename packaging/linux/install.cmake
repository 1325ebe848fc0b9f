# SPDX-License-Identifier: GPL-3.0-or-later
# Desktop entry, icons, metadata, manual pages, shell completions and the sample unit, where freedesktop.org and the
# Filesystem Hierarchy Standard have them.
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(linux "${CMAKE_CURRENT_LIST_DIR}")
find_program(GZIP gzip REQUIRED)

# Manual page and completions come from the command definitions.
add_executable(doorveil-reference "${PROJECT_SOURCE_DIR}/app/main_reference.cpp")
target_link_libraries(doorveil-reference PRIVATE Doorveil::cli)
function(doorveil_reference kind file)
    add_custom_command(OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${file}"
        COMMAND doorveil-reference ${kind} > "${CMAKE_CURRENT_BINARY_DIR}/${file}"
        DEPENDS doorveil-reference VERBATIM)
    set(reference ${reference} "${CMAKE_CURRENT_BINARY_DIR}/${file}" PARENT_SCOPE)
endfunction()
doorveil_reference(man doorveil-cli.1)
doorveil_reference(bash doorveil-cli.bash)
doorveil_reference(zsh _doorveil-cli)
doorveil_reference(fish doorveil-cli.fish)

# Debian wants manual pages and changelogs compressed; without name and time, so that the bytes are the same.
function(doorveil_compress source target)
    add_custom_command(OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${target}"
        COMMAND ${GZIP} -9nc "${source}" > "${CMAKE_CURRENT_BINARY_DIR}/${target}"
        DEPENDS "${source}" VERBATIM)
    set(compressed ${compressed} "${CMAKE_CURRENT_BINARY_DIR}/${target}" PARENT_SCOPE)
endfunction()
doorveil_compress("${CMAKE_CURRENT_BINARY_DIR}/doorveil-cli.1" doorveil-cli.1.gz)
doorveil_compress("${linux}/man/doorveil-models.1" doorveil-models.1.gz)
doorveil_compress("${linux}/man/doorveil.1" doorveil.1.gz)
doorveil_compress("${PROJECT_SOURCE_DIR}/CHANGELOG.md" changelog.gz)
doorveil_compress("${linux}/changelog.Debian" changelog.Debian.gz)
add_custom_target(doorveil-shipped-texts ALL DEPENDS ${reference} ${compressed})

set(manuals doorveil-cli.1.gz)
if(TARGET doorveil-models)
    list(APPEND manuals doorveil-models.1.gz)
endif()
if(TARGET doorveil)
    list(APPEND manuals doorveil.1.gz)
endif()
foreach(manual IN LISTS manuals)
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${manual}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endforeach()
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/doorveil-cli.bash"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME doorveil-cli)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/_doorveil-cli" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/doorveil-cli.fish"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")

install(FILES "${linux}/copyright" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/doorveil")
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/changelog.gz" "${CMAKE_CURRENT_BINARY_DIR}/changelog.Debian.gz"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/doorveil")
# The manual as it stands: pages that any reader of texts shows.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/manual/" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/doorveil/manual"
    PATTERN make-screenshots EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/docs/batch.md" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/doorveil")
install(FILES "${linux}/doorveil-watch@.service" "${linux}/watch-policy.md"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/doorveil/examples")
install(FILES "${linux}/lintian-overrides" DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" RENAME doorveil)

if(TARGET doorveil)
    install(FILES "${linux}/doorveil.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
    install(FILES "${linux}/org.doorveil.Doorveil.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
    install(FILES "${linux}/doorveil-mime.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages" RENAME doorveil.xml)
    install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/doorveil.svg"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
    install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/doorveil.svg"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/mimetypes" RENAME application-x-doorveil.svg)
endif()
