// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/soundoutput.h"

#include "base/mediatime.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>

#include <algorithm>
#include <cstring>

namespace doorveil::ui {

namespace {

/// What the sink reads from. The end of the sound is silence: the picture may go on.
class SampleDevice final : public QIODevice
{
public:
    std::shared_ptr<const pipeline::ClipSound> sound;
    std::vector<base::TimeRange> muted;
    base::Rational timeBase;
    std::int64_t position = 0; ///< in samples of the clip's own clock

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override { return (qint64(1) << 20) + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 limit) override
    {
        const qint64 frameBytes = qint64(sizeof(std::int16_t)) * sound->channels;
        const qint64 frames = std::min<qint64>(limit, qint64(1) << 16) / frameBytes;
        const std::vector<std::int16_t> samples = pipeline::audibleSamples(*sound, position, frames, muted, timeBase);
        std::memcpy(data, samples.data(), std::size_t(frames * frameBytes));
        position += frames;
        return frames * frameBytes;
    }
    qint64 writeData(const char *, qint64) override { return -1; }
};

} // namespace

struct SoundOutput::State
{
    SampleDevice device;
    std::unique_ptr<QAudioSink> sink;
    QString problem;
    bool playing = false;
};

SoundOutput::SoundOutput(QObject *parent) : QObject(parent), m_state(std::make_unique<State>()) { }

SoundOutput::~SoundOutput()
{
    stop();
}

void SoundOutput::setSound(std::shared_ptr<const pipeline::ClipSound> sound, base::Rational timeBase)
{
    stop();
    m_state->sink.reset();
    m_state->device.sound = std::move(sound);
    m_state->device.timeBase = timeBase;
    m_state->problem.clear();
}

void SoundOutput::setMuted(const std::vector<base::TimeRange> &muted)
{
    m_state->device.muted = muted;
}

void SoundOutput::start(std::int64_t ticks)
{
    State &state = *m_state;
    stop();
    if (!state.device.sound || state.device.sound->channels <= 0)
        return;
    if (!state.sink) {
        const QAudioDevice output = QMediaDevices::defaultAudioOutput();
        if (output.isNull()) {
            state.problem = tr("This computer has no sound output.");
            return;
        }
        QAudioFormat format;
        format.setSampleRate(state.device.sound->sampleRate);
        format.setChannelCount(state.device.sound->channels);
        format.setSampleFormat(QAudioFormat::Int16);
        state.sink = std::make_unique<QAudioSink>(output, format);
        state.sink->setBufferSize(format.bytesForDuration(120'000)); // an eighth of a second: muting takes effect soon
    }
    state.device.position = base::rescale(ticks, state.device.timeBase, {1, state.device.sound->sampleRate});
    state.device.open(QIODevice::ReadOnly);
    state.sink->start(&state.device);
    state.playing = state.sink->error() == QAudio::NoError;
    state.problem = state.playing ? QString() : tr("The sound output of this computer could not be opened.");
}

void SoundOutput::stop()
{
    if (m_state->sink)
        m_state->sink->reset();
    m_state->device.close();
    m_state->playing = false;
}

bool SoundOutput::isPlaying() const
{
    return m_state->playing;
}

const QString &SoundOutput::problem() const
{
    return m_state->problem;
}

} // namespace doorveil::ui
