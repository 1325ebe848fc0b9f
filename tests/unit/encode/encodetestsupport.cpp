// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

#include <algorithm>
#include <cstring>
#include <utility>

namespace doorveil::encode::testsupport {

namespace {

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

} // namespace

ScratchFile::ScratchFile() : m_folder(std::make_unique<QTemporaryDir>()), m_file(std::make_unique<QFile>(path()))
{
    if (!m_file->open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        qFatal("no temporary file");
}

QByteArray ScratchFile::content() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

EncodeSettings smallSettings(base::Size size)
{
    EncodeSettings settings;
    settings.storedSize = size;
    settings.timeBase = {1, 1000};
    settings.frameRate = {25, 1};
    return settings;
}

base::VideoFrame paintedFrame(base::Size size, base::PixelLayout layout, const Painter &painter)
{
    base::VideoFrame frame(size, layout);
    for (int plane = 0; plane < layout.planeCount(); ++plane) {
        const base::VideoFrame::Plane &target = frame.plane(plane);
        for (int y = 0; y < target.size.height; ++y) {
            std::byte *row = target.data + y * target.stride;
            for (int x = 0; x < target.size.width; ++x) {
                const int value = painter(plane, x, y);
                if (layout.bytesPerSample() == 1) {
                    row[x] = std::byte(value);
                } else {
                    const auto wide = static_cast<std::uint16_t>(value);
                    std::memcpy(row + 2 * x, &wide, sizeof wide);
                }
            }
        }
    }
    return frame;
}

base::VideoFrame numberedFrame(base::Size size, int number, base::PixelLayout layout)
{
    const int scale = layout.bitDepth > 8 ? 4 : 1;
    return paintedFrame(size, layout, [&](int plane, int x, int y) {
        if (plane != 0)
            return scale * (110 + (number + plane * 9) % 40);
        const int position = number * 3 % size.width;
        return scale * (x >= position && x < position + 6 ? 220 : 40 + (x + y) % 100);
    });
}

base::Result<EncodeSummary> writeClip(int descriptor, const EncodeSettings &settings,
                                      const std::vector<std::int64_t> &times, std::int64_t lastDuration,
                                      const std::vector<base::AudioBlock> &sound)
{
    base::Result<std::unique_ptr<ClipWriter>> writer = createClipWriter(descriptor, settings);
    if (!writer)
        return writer.error();
    for (std::size_t index = 0; index < times.size(); ++index) {
        base::VideoFrame frame = numberedFrame(settings.storedSize, int(index));
        frame.pts = times[index];
        frame.duration = index + 1 < times.size() ? times[index + 1] - times[index] : lastDuration;
        if (const base::Result<void> written = (*writer)->writeVideo(frame); !written)
            return written.error();
    }
    for (const base::AudioBlock &block : sound) {
        if (const base::Result<void> written = (*writer)->writeAudio(block); !written)
            return written.error();
    }
    return (*writer)->finish();
}

QJsonObject probe(const QString &path, const QStringList &arguments)
{
    QStringList all = {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-of"), QStringLiteral("json")};
    all += arguments;
    all += path;
    return QJsonDocument::fromJson(outputOf(QStringLiteral("ffprobe"), all)).object();
}

ProbedFrames probeFrames(const QString &path)
{
    const QJsonObject answer = probe(path, {QStringLiteral("-select_streams"), QStringLiteral("v:0"),
                                            QStringLiteral("-show_entries"), QStringLiteral("frame=pts,pkt_duration")});
    ProbedFrames frames;
    const QJsonArray list = answer.value(QLatin1String("frames")).toArray();
    for (const QJsonValue &frame : list) {
        frames.times.push_back(frame[QLatin1String("pts")].toInteger(-1));
        frames.durations.push_back(frame[QLatin1String("pkt_duration")].toInteger(-1));
    }
    return frames;
}

QJsonObject probeStream(const QString &path, const QString &kind)
{
    const QJsonObject answer =
        probe(path, {QStringLiteral("-select_streams"), kind + QStringLiteral(":0"), QStringLiteral("-show_streams")});
    return answer.value(QLatin1String("streams")).toArray().first().toObject();
}

QJsonObject probeFirstFrame(const QString &path)
{
    const QJsonObject answer =
        probe(path, {QStringLiteral("-select_streams"), QStringLiteral("v:0"), QStringLiteral("-show_frames"),
                     QStringLiteral("-read_intervals"), QStringLiteral("%+#1")});
    return answer.value(QLatin1String("frames")).toArray().first().toObject();
}

std::vector<ProbedPacket> probePackets(const QString &path)
{
    const QJsonObject answer =
        probe(path, {QStringLiteral("-show_entries"), QStringLiteral("packet=codec_type,dts_time,pos")});
    std::vector<std::pair<qint64, ProbedPacket>> placed;
    const QJsonArray list = answer.value(QLatin1String("packets")).toArray();
    for (const QJsonValue &packet : list) {
        const bool isVideo = packet[QLatin1String("codec_type")].toString() == QLatin1String("video");
        placed.push_back({packet[QLatin1String("pos")].toString().toLongLong(),
                          {isVideo, packet[QLatin1String("dts_time")].toString().toDouble()}});
    }
    std::sort(placed.begin(), placed.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<ProbedPacket> packets;
    for (const auto &[position, packet] : placed)
        packets.push_back(packet);
    return packets;
}

QByteArray decodeVideo(const QString &path, const QString &pixelFormat, Turning turning)
{
    QStringList arguments = {QStringLiteral("-v"), QStringLiteral("error")};
    if (turning == Turning::AsStored)
        arguments << QStringLiteral("-noautorotate");
    arguments << QStringLiteral("-i") << path << QStringLiteral("-map") << QStringLiteral("0:v:0")
              << QStringLiteral("-vsync") << QStringLiteral("passthrough") << QStringLiteral("-pix_fmt") << pixelFormat
              << QStringLiteral("-f") << QStringLiteral("rawvideo") << QStringLiteral("-");
    return outputOf(QStringLiteral("ffmpeg"), arguments);
}

std::vector<float> decodeAudio(const QString &path, int sampleRate)
{
    const QByteArray raw =
        outputOf(QStringLiteral("ffmpeg"),
                 {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-i"), path, QStringLiteral("-map"),
                  QStringLiteral("0:a:0"), QStringLiteral("-ar"), QString::number(sampleRate), QStringLiteral("-f"),
                  QStringLiteral("f32le"), QStringLiteral("-")});
    std::vector<float> samples(std::size_t(raw.size()) / sizeof(float));
    std::memcpy(samples.data(), raw.constData(), samples.size() * sizeof(float));
    return samples;
}

} // namespace doorveil::encode::testsupport
