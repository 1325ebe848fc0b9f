// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

// Writes a file in four pieces and says "saved" when it is. `careless` ways of doing it are the positive controls of
// tst_durablefaults: they must be caught.
//
//     durablehelper durable|replace|overwrite|unsynced TARGET BYTES

namespace {

constexpr int pieces = 4;

bool acknowledge()
{
    return ::write(STDOUT_FILENO, "saved\n", 6) == 6;
}

int fail(const QString &message)
{
    std::fprintf(stderr, "%s\n", qPrintable(message));
    return 1;
}

int writeDurably(const std::filesystem::path &target, const QByteArray &piece, bool replace)
{
    using namespace doorveil::base;
    DurableFile::Options options;
    options.replaceExisting = replace;
    Result<std::unique_ptr<DurableFile>> file = DurableFile::create(target, options);
    if (!file)
        return fail(file.error().message);
    for (int count = 0; count < pieces; ++count) {
        if (Result<void> written = (*file)->write(piece); !written)
            return fail(written.error().message);
    }
    if (Result<void> committed = (*file)->commit(); !committed)
        return fail(committed.error().message);
    return acknowledge() ? 0 : 1;
}

bool writePieces(int descriptor, const QByteArray &piece)
{
    for (int count = 0; count < pieces; ++count) {
        if (::write(descriptor, piece.constData(), std::size_t(piece.size())) != piece.size())
            return false;
    }
    return true;
}

/// Straight into the final name.
int overwrite(const char *target, const QByteArray &piece)
{
    const doorveil::base::FileDescriptor file(::open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    return writePieces(file.get(), piece) && ::fsync(file.get()) == 0 && acknowledge() ? 0 : 1;
}

/// Renamed without syncing anything.
int unsynced(const std::string &target, const QByteArray &piece)
{
    const std::string temporary = target + ".new";
    const doorveil::base::FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!writePieces(file.get(), piece) || ::rename(temporary.c_str(), target.c_str()) != 0)
        return 1;
    return acknowledge() ? 0 : 1;
}

} // namespace

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) // as programs should: writing past a limit is an error, not the end
        return 2;
    const QByteArray piece(std::atoi(words[3]) / pieces, 'n');
    if (std::strcmp(words[1], "durable") == 0 || std::strcmp(words[1], "replace") == 0)
        return writeDurably(words[2], piece, std::strcmp(words[1], "replace") == 0);
    return std::strcmp(words[1], "overwrite") == 0 ? overwrite(words[2], piece) : unsynced(words[2], piece);
}
