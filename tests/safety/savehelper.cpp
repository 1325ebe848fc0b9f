// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"

#include <QByteArray>

#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

// Saves one version of a file after the other and says "saved N" after each, for tst_powercut to stop. The other ways
// than `durable` are its controls.
//
//     savehelper durable|no-folder-sync|no-sync TARGET COUNT

namespace {

using namespace doorveil::base;

constexpr int versionBytes = 20'000;
/// As an owner's next edit comes later: the next save would bring the last one's name to the disk along with its own.
constexpr unsigned pauseMicroseconds = 5'000;

bool saveDurably(const std::string &target, const QByteArray &content)
{
    DurableFile::Options options;
    options.replaceExisting = true;
    return writeDurably(target, content, options).hasValue();
}

/// As programs often do it.
bool saveWithoutFolder(const std::string &target, const QByteArray &content, bool sync)
{
    const std::string temporary = target + ".new";
    const FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    return ::write(file.get(), content.constData(), std::size_t(content.size())) == content.size()
           && (!sync || ::fsync(file.get()) == 0) && ::rename(temporary.c_str(), target.c_str()) == 0;
}

} // namespace

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    const std::string way = words[1];
    const std::string target = words[2];
    const int last = std::atoi(words[3]);
    for (int version = 1; version <= last; ++version) {
        const QByteArray content = (QByteArray::number(version) + '\n').leftJustified(versionBytes, 'v');
        const bool saved =
            way == "durable" ? saveDurably(target, content) : saveWithoutFolder(target, content, way != "no-sync");
        const std::string line = "saved " + std::to_string(version) + "\n";
        if (!saved || ::write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size()))
            return 1;
        ::usleep(pauseMicroseconds);
    }
    return 0;
}
