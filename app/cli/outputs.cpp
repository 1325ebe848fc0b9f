// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputs.h"

#include <ostream>
#include <system_error>

namespace doorveil::cli {

namespace {

std::filesystem::path folderOf(const std::filesystem::path &path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

} // namespace

base::Result<void> checkOutput(const std::filesystem::path &output, bool force,
                               const std::vector<base::FileIdentity> &inputs)
{
    base::DurableFile::Options options;
    options.replaceExisting = force;
    options.neverOverwrite = inputs;
    // Made and taken away again: the only sure way to know that the folder takes a file.
    const auto probe = base::DurableFile::create(output, options);
    if (!probe)
        return probe.error();
    base::removeStaleTemporaries(folderOf(output));
    return {};
}

base::Result<void> checkDistinct(const std::filesystem::path &one, const std::filesystem::path &other)
{
    std::error_code failed;
    const bool sameFolder = std::filesystem::equivalent(folderOf(one), folderOf(other), failed);
    if (!failed && sameFolder && one.filename() == other.filename())
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 is named for two outputs").arg(base::displayPath(one))};
    return {};
}

base::Result<bool> writeOutput(Context &context, const std::optional<std::filesystem::path> &output,
                               const QByteArray &content, const base::DurableFile::Options &options)
{
    if (!output || *output == "-") {
        context.out << content.toStdString() << std::flush;
        return false;
    }
    if (const auto written = base::writeDurably(*output, content, options); !written)
        return written.error();
    return true;
}

} // namespace doorveil::cli
