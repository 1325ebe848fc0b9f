// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakesource.h"

#include <algorithm>
#include <unistd.h>

namespace doorveil::testing {

using namespace base;

namespace {

class FakeSource final : public FrameSource
{
public:
    FakeSource(FakeClip clip, const FrameSourceOptions &options, Deed deed)
        : m_clip(std::move(clip)), m_options(options), m_deed(std::move(deed))
    {
        m_info.container = QStringLiteral("fake");
        m_info.videoStreamIndex = 0;
        m_info.videoCodec = QStringLiteral("fake");
        m_info.storedSize = {m_clip.number("width", 64), m_clip.number("height", 48)};
        m_info.orientation = {m_clip.number("turns", 0), false};
        m_info.timeBase = {1, 90000};
        m_info.averageFrameRate = {30, 1};
        m_info.layout.chroma = ChromaLayout(m_clip.number("chroma", 1));
        m_info.layout.bitDepth = m_clip.number("depth", 8);
        m_info.tags = {{QStringLiteral("container"), QStringLiteral("title"), QStringLiteral("Straße 7 ☃")}};
        for (int index = 0; index < m_clip.number("tags", 0); ++index)
            m_info.tags.push_back({QStringLiteral("stream %1").arg(index), QStringLiteral("note"), QString(300, u'x')});
        m_info.audioStreams = {{1, QStringLiteral("fake"), 48000, 2, QStringLiteral("eng"), true}};
        m_info.defaultAudioStream = 0;
        m_info.otherStreams = {{2, QStringLiteral("data"), QStringLiteral("gpmd")}};
        m_info.assumptions = {QStringLiteral("nothing of this is true")};
    }

    const ClipInfo &info() const override { return m_info; }

    Result<std::optional<VideoFrame>> nextFrame() override
    {
        const int frames = m_clip.number("frames", 20);
        if (m_next == m_clip.number("at", -1) && m_deed) {
            if (const auto done = m_deed(m_clip); !done)
                return done.error();
        }
        if (m_next >= frames)
            return std::optional<VideoFrame>();
        if (m_next == m_clip.number("lost", -1) && m_losses.empty())
            m_losses.push_back({m_next * 3000LL, QStringLiteral("a planted loss")});
        return std::optional(draw(m_next++));
    }

    Result<void> seek(std::int64_t ticks) override
    {
        if (m_clip.number("unseekable", 0) != 0)
            return Error{ErrorKind::Failure, QStringLiteral("this clip cannot be searched")};
        for (int step = 0; step < m_clip.number("slow", 0); ++step) {
            ::usleep(100'000);
            if (m_clip.number("silent", 0) == 0 && m_options.stillWorking)
                m_options.stillWorking();
        }
        m_next = int(std::clamp<std::int64_t>(ticks / 3000, 0, m_clip.number("frames", 20) - 1));
        return {};
    }

    Result<std::optional<AudioBlock>> nextAudio() override
    {
        if (m_options.audioStream < 0 || m_nextBlock >= m_clip.number("blocks", 10))
            return std::optional<AudioBlock>();
        const int length = m_clip.number("block", 1024);
        AudioBlock block{std::int64_t(m_nextBlock) * length, 48000, 2, {}};
        for (int index = 0; index < 2 * length; ++index)
            block.samples.push_back(float((m_nextBlock * 31 + index) % 200) / 100.0F - 1.0F);
        ++m_nextBlock;
        return std::optional(block);
    }

    std::vector<Loss> losses() const override { return m_losses; }

private:
    VideoFrame draw(int number) const
    {
        Size size = m_info.storedSize;
        if (number == m_clip.number("grows", -1))
            size.width += 2;
        VideoFrame frame(size, m_info.layout);
        for (int index = 0; index < m_info.layout.planeCount(); ++index) {
            const VideoFrame::Plane &plane = frame.plane(index);
            const std::size_t bytes = std::size_t(plane.stride) * std::size_t(plane.size.height);
            for (std::size_t offset = 0; offset < bytes; ++offset)
                plane.data[offset] = std::byte((offset + std::size_t(number * 7 + index * 50)) & 0xFF);
        }
        frame.pts = number == m_clip.number("backwards", -1) ? 0 : number * 3000LL;
        frame.duration = 3000;
        frame.orientation = m_info.orientation;
        frame.colour.matrix = 1;
        frame.fieldOrder = FieldOrder(number % 3);
        frame.damaged = number % 5 == 4;
        return frame;
    }

    FakeClip m_clip;
    FrameSourceOptions m_options;
    Deed m_deed;
    ClipInfo m_info;
    std::vector<Loss> m_losses;
    int m_next = 0;
    int m_nextBlock = 0;
};

} // namespace

FakeClip FakeClip::read(int descriptor)
{
    QByteArray content(4096, '\0');
    const ssize_t length = ::pread(descriptor, content.data(), std::size_t(content.size()), 0);
    content.truncate(std::max<ssize_t>(length, 0));
    FakeClip clip;
    for (const QByteArray &word : content.simplified().split(' ')) {
        const qsizetype sign = word.indexOf('=');
        if (sign > 0)
            clip.words.insert(word.left(sign), word.mid(sign + 1));
    }
    return clip;
}

int FakeClip::number(const char *key, int otherwise) const
{
    const auto found = words.constFind(QByteArray(key));
    return found == words.constEnd() ? otherwise : found->toInt();
}

QByteArray FakeClip::text(const char *key) const
{
    return words.value(QByteArray(key));
}

Result<std::unique_ptr<FrameSource>> openFake(int descriptor, const FrameSourceOptions &options, const Deed &deed)
{
    FakeClip clip = FakeClip::read(descriptor);
    if (clip.text("mode") == "refuse")
        return Error{ErrorKind::InputNotOpenable, QStringLiteral("this is not a clip\033[31m")};
    if (clip.text("mode") == "refuse-slowly" && deed) {
        if (const auto done = deed(clip); !done)
            return done.error();
    }
    return std::unique_ptr<FrameSource>(std::make_unique<FakeSource>(std::move(clip), options, deed));
}

} // namespace doorveil::testing
