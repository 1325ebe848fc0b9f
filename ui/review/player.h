// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pipeline/playback.h"
#include "project/reviewdocument.h"

#include <QImage>
#include <QObject>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

namespace doorveil::ui {

/// Frames of the open clip on the window's clock: position, playing in either direction at several speeds, a loop. The
/// frames come from a FrameCache, decoded, covered and converted on its thread; what cannot be shown in time is left
/// out, so that time is right. Lives on the window's thread.
class Player final : public QObject
{
    Q_OBJECT

public:
    explicit Player(QObject *parent = nullptr);
    ~Player() override;

    /// From then on frames of this clip are shown, from the first on.
    void open(const std::filesystem::path &clip, const project::SourceRecord &source);
    void close();
    [[nodiscard]] bool isOpen() const;

    /// What is covered from now on. The frame on screen is shown again.
    void setPlan(std::shared_ptr<const redaction::CoverPlan> plan);
    /// In screen pixels: the picture's size in the view. Frames come scaled to it as well, so that the window's thread
    /// need not scale each of them. Empty for none.
    void setDisplaySize(QSize size);
    /// Whether frames are covered. Until there is a plan no covered frame is shown.
    void setCovered(bool covered);
    [[nodiscard]] bool isCovered() const;

    [[nodiscard]] std::size_t position() const; ///< index of the frame that is shown or on its way
    [[nodiscard]] std::int64_t positionPts() const;
    [[nodiscard]] std::size_t frameCount() const;
    [[nodiscard]] bool isPlaying() const;
    [[nodiscard]] double speed() const; ///< negative backwards; the last one while paused
    /// Played over and over, ticks; nothing for to the clip's end.
    void setLoop(std::optional<base::TimeRange> range);
    [[nodiscard]] const std::optional<base::TimeRange> &loop() const;

public slots:
    void seek(std::size_t index); ///< clamped to the clip
    void seekToTicks(std::int64_t ticks); ///< the frame shown then
    void step(int frames); ///< pauses
    void play(double speed);
    void pause();
    void togglePlaying();
    void faster(); ///< L: forwards, then 2, 4, 8 times as fast
    void slower(); ///< J: half of it down to one, then backwards

signals:
    /// `scaled` is null, or the picture in the size asked for.
    void frameShown(const QImage &picture, const QImage &scaled, std::size_t index, bool covered);
    void positionChanged(std::size_t index);
    void playingChanged(bool playing, double speed);
    /// Playing began, jumped, or ended: whoever plays the sound starts anew.
    void clockChanged();
    void failed(const doorveil::base::Error &error);

private:
    void request();
    void tick();
    void restartClock();
    struct Answer;
    struct DisplaySize;
    struct Listener;
    void showAnswer(const Answer &answer);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
