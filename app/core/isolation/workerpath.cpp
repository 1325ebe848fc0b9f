// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/videoreader.h"

#include <QtGlobal>

#include <array>
#include <cstdlib>
#include <system_error>

#ifdef Q_OS_WIN
#include <windows.h>
#elif defined(Q_OS_MACOS)
#include <mach-o/dyld.h>
#endif

namespace doorveil::isolation {

namespace {

#ifdef Q_OS_WIN
constexpr const char *workerName = "doorveil-worker.exe";
#else
constexpr const char *workerName = "doorveil-worker";
#endif

/// The folder of the running program, without QCoreApplication: tests and benchmarks have none.
std::filesystem::path programFolder()
{
    std::error_code failure;
#ifdef Q_OS_WIN
    std::array<wchar_t, 32768> name{};
    const DWORD length = ::GetModuleFileNameW(nullptr, name.data(), DWORD(name.size()));
    return std::filesystem::path(name.data(), name.data() + length).parent_path();
#elif defined(Q_OS_MACOS)
    std::array<char, 4096> name{};
    std::uint32_t length = name.size();
    if (::_NSGetExecutablePath(name.data(), &length) != 0)
        return {};
    return std::filesystem::canonical(name.data(), failure).parent_path();
#else
    return std::filesystem::read_symlink("/proc/self/exe", failure).parent_path();
#endif
}

bool isProgram(const std::filesystem::path &path)
{
    std::error_code failure;
    return path.is_absolute() && std::filesystem::is_regular_file(path, failure);
}

} // namespace

base::Result<std::filesystem::path> workerPath()
{
    const QByteArray chosen = qgetenv("DOORVEIL_WORKER");
    if (!chosen.isEmpty()) {
        std::error_code failure;
        const auto path = std::filesystem::absolute(std::filesystem::path(chosen.toStdString()), failure);
        if (isProgram(path))
            return path;
        return base::Error{
            base::ErrorKind::Failure,
            QStringLiteral("DOORVEIL_WORKER names %1, which is no program").arg(base::displayPath(path))};
    }
    const std::filesystem::path folder = programFolder();
    const std::array candidates{
        folder / workerName,
        folder.parent_path() / DOORVEIL_RELATIVE_LIBEXEC / workerName, // an installed tree that was moved as a whole
        std::filesystem::path(DOORVEIL_ABSOLUTE_LIBEXEC) / workerName,
        folder / "app" / workerName, // a build tree
        folder.parent_path() / "app" / workerName,
    };
    for (const std::filesystem::path &candidate : candidates) {
        if (isProgram(candidate))
            return candidate;
    }
    return base::Error{
        base::ErrorKind::Failure,
        QStringLiteral("the decoder program %1 is missing: it belongs beside %2 or in %3; reinstall Doorveil")
            .arg(QString::fromLatin1(workerName), base::displayPath(folder),
                 QStringLiteral(DOORVEIL_ABSOLUTE_LIBEXEC))};
}

} // namespace doorveil::isolation
