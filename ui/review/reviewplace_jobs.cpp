// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "base/handover.h"
#include "base/mediatime.h"
#include "coretexts.h"
#include "pipeline/clippictures.h"
#include "pipeline/follow.h"
#include "pipeline/source.h"
#include "project/documentrules.h"
#include "review/framesaver.h"
#include "review/reviewplace.h"
#include "review/reviewplace_p.h"
#include "settings/settings.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QPainter>

#include <algorithm>

namespace doorveil::ui {

namespace {

constexpr int thumbnailPixels = 144; // three times the list's size: sharp on any screen
constexpr std::size_t mostThumbnails = 400; // in memory; further subjects have names and colours
constexpr std::size_t soundBudget = std::size_t(192) << 20; // a quarter of an hour in stereo at 48 kHz

QImage toImage(const base::Picture &picture)
{
    const QImage bgr(picture.bgr.data(), picture.size.width, picture.size.height, qsizetype(picture.size.width) * 3,
                     QImage::Format_BGR888);
    return bgr.convertToFormat(QImage::Format_RGB32);
}

/// The part of the frame that a thumbnail shows: a square around the box, with some of what is around it. Of a body the
/// upper part.
base::Rectangle thumbnailArea(const Subject &subject, base::Size picture)
{
    base::Rectangle box = subject.best.box;
    if (subject.kind == base::TrackKind::Person)
        box.height = std::min(box.height, box.width);
    const int side = std::max({box.width, box.height, 16}) * 3 / 2;
    const base::Rectangle square{box.x + box.width / 2 - side / 2, box.y + box.height / 2 - side / 2, side, side};
    return square.clampedTo(picture);
}

QImage square(const QImage &picture)
{
    const int side = std::min(picture.width(), picture.height());
    const QImage cut = picture.copy((picture.width() - side) / 2, (picture.height() - side) / 2, side, side);
    return cut.scaled(thumbnailPixels, thumbnailPixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

struct SourceState
{
    bool there = false;
    bool same = false;
    base::Error error;
};

SourceState lookAt(const std::filesystem::path &clip, const QString &sha256, const base::CancelToken &cancel)
{
    const base::Result<base::FileDescriptor> file = base::openInput(clip);
    if (!file)
        return {false, false, file.error()};
    const base::Result<QString> hash = base::sha256Of(file->get(), cancel);
    if (!hash)
        return {true, false, hash.error()};
    return {true, *hash == sha256, {}};
}

} // namespace

void ReviewPlace::connectJobs()
{
    const ReviewActions &actions = m_state->actions;
    connect(actions.saveFrame, &QAction::triggered, this, &ReviewPlace::saveFrame);
    connect(actions.exportLabels, &QAction::triggered, this, &ReviewPlace::exportLabels);
    connect(actions.relink, &QAction::triggered, this, &ReviewPlace::relink);
    connect(actions.saveZones, &QAction::triggered, this, &ReviewPlace::saveZones);
    connect(actions.useZones, &QAction::triggered, this, &ReviewPlace::useZones);
    m_state->actions.listen->setChecked(true);
}

void ReviewPlace::setJob(const JobStatus &job)
{
    if (job == m_state->job)
        return;
    m_state->job = job;
    emit jobChanged(job);
}

void ReviewPlace::cancelJob()
{
    m_state->jobCancel.cancel();
}

// --- the clip -------------------------------------------------------------------------------------------------------

void ReviewPlace::openClip()
{
    State &state = *m_state;
    const std::filesystem::path clip = pipeline::sourcePath(state.document->source);
    state.thumbnails.clear();
    state.player.open(clip, state.document->source);
    if (state.plan)
        state.player.setPlan(state.plan);
    state.clipUsable = true;
    refreshActions();
    verifySource();
}

void ReviewPlace::verifySource()
{
    State &state = *m_state;
    const std::filesystem::path clip = pipeline::sourcePath(state.document->source);
    state.work->run([clip, sha256 = state.document->source.sha256](
                        const base::CancelToken &cancel) { return lookAt(clip, sha256, cancel); },
                    [this, clip](const SourceState &found) {
                        State &now = *m_state;
                        if (found.same || found.error.kind == base::ErrorKind::Cancelled || !now.document)
                            return;
                        // Nothing is shown of a file that may be another one: its covers would lie anywhere.
                        now.player.close();
                        now.clipUsable = false;
                        now.anyShown = false;
                        now.picture->setPicture({});
                        const QString name = base::displayPath(clip.filename());
                        const QString what =
                            !found.there
                                ? tr("%1 is not where it was (%2).").arg(name, base::displayPath(clip.parent_path()))
                            : found.error.message.isEmpty()
                                ? tr("%1 is not the file it was when it was analysed.").arg(name)
                                : errorText(found.error);
                        now.picture->setMessage(what + QLatin1Char('\n')
                                                + tr("Your work is safe. Show Doorveil where the clip is to go on."));
                        now.notice->tell(ReviewNotice::Kind::Problem, what, tr("Find the clip…"), [this] { relink(); });
                        refreshActions();
                    });
}

void ReviewPlace::relink()
{
    State &state = *m_state;
    if (!state.document)
        return;
    const QString before = state.document->source.path;
    auto *dialog = new QFileDialog(this, tr("Where is %1 now?").arg(QFileInfo(before).fileName()),
                                   QFileInfo(before).absolutePath());
    dialog->setObjectName(QStringLiteral("relinkDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        if (!m_state->document)
            return;
        const std::filesystem::path clip(QFile::encodeName(file).toStdString());
        m_state->notice->tell(ReviewNotice::Kind::Offer, tr("Looking at %1…").arg(QFileInfo(file).fileName()));
        m_state->work->run(
            [clip, sha256 = m_state->document->source.sha256](const base::CancelToken &cancel) {
                return lookAt(clip, sha256, cancel);
            },
            [this, clip, file](const SourceState &found) {
                State &now = *m_state;
                if (!now.document)
                    return;
                if (!found.same) {
                    now.notice->tell(ReviewNotice::Kind::Problem,
                                     found.there && found.error.message.isEmpty()
                                         ? tr("%1 is another file: what it holds is not the same. Nothing was changed.")
                                               .arg(QFileInfo(file).fileName())
                                         : errorText(found.error),
                                     tr("Find the clip…"), [this] { relink(); });
                    return;
                }
                now.session->perform(project::RelinkSource{base::displayPath(clip),
                                                           QByteArray::fromStdString(clip.string()),
                                                           now.document->source.sha256},
                                     tr("Find the clip again"));
                now.notice->dismiss();
                // The player only needs the path; the edit is on its way to the disk.
                now.player.open(clip, now.document->source);
                if (now.plan)
                    now.player.setPlan(now.plan);
                now.clipUsable = true;
                refreshActions();
            });
    });
    dialog->open();
}

// --- what is covered ------------------------------------------------------------------------------------------------

void ReviewPlace::updatePlan()
{
    State &state = *m_state;
    const std::uint64_t number = ++state.planNumber;
    state.work->run([document = state.document](const base::CancelToken &) { return pipeline::coverPlanOf(*document); },
                    [this, number](std::shared_ptr<const redaction::CoverPlan> plan) {
                        State &now = *m_state;
                        if (number != now.planNumber || !now.document)
                            return; // a newer one is on its way
                        now.plan = std::move(plan);
                        now.player.setPlan(now.plan);
                        refreshFrame();
                    });
}

void ReviewPlace::makeThumbnails()
{
    State &state = *m_state;
    if (!state.clipUsable || !state.anyShown)
        return;
    std::vector<pipeline::PartRequest> requests;
    const base::Size size = state.document->source.info.displayedSize();
    for (const Subject &subject : state.subjects.subjects()) {
        if (state.thumbnails.contains(subject.id) || std::size_t(state.thumbnails.size()) >= mostThumbnails)
            continue;
        const base::Rectangle area = thumbnailArea(subject, size);
        if (area.isEmpty())
            continue;
        state.thumbnails.insert(subject.id);
        requests.push_back({subject.id, subject.best.pts, area});
    }
    if (requests.empty())
        return;
    state.work->run(
        [this, document = state.document, requests = std::move(requests),
         work = state.work.get()](const base::CancelToken &cancel) {
            const base::Result<void> read = pipeline::readParts(
                document->source, requests,
                [this, work](const pipeline::PartRequest &request, const base::Picture &picture) {
                    if (picture.isNull())
                        return;
                    // To `work`, which outlives this thread; it is gone when the project is.
                    base::post(work, [this, key = request.key, image = square(toImage(picture))] {
                        m_state->subjects.setThumbnail(key, QPixmap::fromImage(image));
                    });
                },
                cancel);
            return read.hasValue();
        },
        [](bool) {}); // without pictures the list still has names and times
}

// --- sound ----------------------------------------------------------------------------------------------------------

void ReviewPlace::loadSound()
{
    State &state = *m_state;
    if (state.document->source.info.defaultAudioStream < 0) {
        state.transport->setSoundText(tr("no sound in this clip"), {});
        return;
    }
    state.work->run(
        [document = state.document](const base::CancelToken &cancel) {
            return pipeline::readSound(document->source, soundBudget, cancel);
        },
        [this](base::Result<pipeline::ClipSound> sound) {
            State &now = *m_state;
            if (!now.document)
                return;
            if (!sound) {
                if (sound.error().kind != base::ErrorKind::Cancelled)
                    now.transport->setSoundText(tr("sound cannot be read"), errorText(sound.error()));
                return;
            }
            now.soundSamples = std::make_shared<const pipeline::ClipSound>(std::move(*sound));
            now.timeline->setSound(now.soundSamples);
            now.sound.setSound(now.soundSamples, now.document->source.info.timeBase);
            updateSound();
        });
}

void ReviewPlace::updateSound()
{
    State &state = *m_state;
    if (!state.document || !state.soundSamples)
        return;
    const project::ClipSettings &settings = state.document->settings;
    const bool original = state.mode == ViewMode::Original;
    // As the copy will sound, except in the original view.
    const bool audible = original || settings.keepAudio;
    state.sound.setMuted(original ? std::vector<base::TimeRange>{} : settings.mutedRanges);
    const bool wanted =
        state.player.isPlaying() && state.player.speed() == 1.0 && audible && state.actions.listen->isChecked();
    if (wanted) {
        if (!state.sound.isPlaying() || sender() == &state.player)
            state.sound.start(state.player.positionPts());
    } else {
        state.sound.stop();
    }
    if (!state.sound.problem().isEmpty())
        state.transport->setSoundText(tr("no sound output"), state.sound.problem());
    else if (!settings.keepAudio)
        state.transport->setSoundText(
            tr("sound is left out"), tr("The copy will have no sound. Clip → Keep the sound changes that; the original "
                                        "view lets you hear it."));
    else
        state.transport->setSoundText(
            settings.mutedRanges.empty() ? tr("sound is kept") : tr("sound is kept, with muted parts"), {});
}

// --- following ------------------------------------------------------------------------------------------------------

void ReviewPlace::follow(std::int64_t id, std::size_t index, bool forwards, bool backwards)
{
    State &state = *m_state;
    const base::Track *track = state.document ? project::findTrack(*state.document, id) : nullptr;
    if (track == nullptr || index >= state.document->source.frames.size())
        return;
    if (!state.job.title.isEmpty()) {
        state.notice->tell(ReviewNotice::Kind::Remark, tr("Something is being followed already."));
        return;
    }
    const std::int64_t pts = state.document->source.frames[index].pts;
    const base::Observation *found = base::observationAt(*track, pts);
    const QString name = nameOfTrack(id);
    if (found == nullptr) {
        state.notice->tell(ReviewNotice::Kind::Remark, tr("%1 has no cover in this frame to follow.").arg(name));
        return;
    }
    state.jobCancel = {};
    setJob({tr("Following %1").arg(name), {}, -1, true});

    struct Both
    {
        base::Result<pipeline::Followed> before = pipeline::Followed{};
        base::Result<pipeline::Followed> after = pipeline::Followed{};
    };
    auto progress = [this, work = state.work.get(), name](const base::Progress &now) {
        if (now.done % 10 != 0)
            return;
        base::post(work, [this, name, now] {
            if (!m_state->job.title.isEmpty())
                setJob({tr("Following %1").arg(name), tr("%1 frames").arg(now.done),
                        now.total > 0 ? int(now.done * 100 / now.total) : -1, true});
        });
    };
    state.work->run(
        state.jobCancel,
        [document = state.document, box = found->box, index, forwards, backwards,
         progress](const base::CancelToken &cancel) {
            Both both;
            if (forwards)
                both.after = pipeline::followBox(document->source, {box, index, false, 0}, progress, cancel);
            if (backwards && both.after)
                both.before = pipeline::followBox(document->source, {box, index, true, 0}, progress, cancel);
            return both;
        },
        [this, id, name, backwards, forwards](const Both &both) {
            State &now = *m_state;
            setJob({});
            if (!now.document || project::findTrack(*now.document, id) == nullptr)
                return;
            for (const auto *part : {&both.after, &both.before}) {
                if (*part)
                    continue;
                if (part->error().kind != base::ErrorKind::Cancelled)
                    now.notice->tell(ReviewNotice::Kind::Problem, errorText(part->error()));
                return;
            }
            PlannedEdit all;
            all.text = tr("Follow %1").arg(name);
            std::size_t frames = 0;
            for (const auto &[part, isBefore] : {std::pair(&both.after, false), std::pair(&both.before, true)}) {
                const Plan plan = planFollowed(*now.document, id, (*part)->observations, isBefore, name);
                if (!plan)
                    continue;
                all.edits.insert(all.edits.end(), plan->edits.begin(), plan->edits.end());
                frames += (*part)->observations.size();
            }
            perform(all);
            if (all.edits.empty())
                now.notice->tell(ReviewNotice::Kind::Warning,
                                 tr("%1 could not be followed and is covered in this frame only. Go to another frame, "
                                    "press A and move the cover: what lies between is bridged.")
                                     .arg(name));
            else if (((*(&both.after))->lost && forwards) || ((*(&both.before))->lost && backwards))
                now.notice->tell(ReviewNotice::Kind::Offer,
                                 tr("%1 was followed over %n frame(s) and then lost. Please look at both ends of it in "
                                    "the timeline.",
                                    nullptr, int(frames))
                                     .arg(name));
            else
                now.notice->tell(
                    ReviewNotice::Kind::Remark,
                    tr("%1 was followed over %n frame(s). Please watch them.", nullptr, int(frames)).arg(name));
        });
}

// --- pictures -------------------------------------------------------------------------------------------------------

void ReviewPlace::saveFrame()
{
    State &state = *m_state;
    if (!state.document || !state.clipUsable)
        return;
    state.player.pause();
    const std::size_t index = state.player.position();
    const QString clip = QFileInfo(state.document->source.path).completeBaseName();
    const QString folder = state.context.settings.value(QStringLiteral("review/picture-folder")).toString();
    SavedFile about;
    about.objectName = QStringLiteral("saveFrameDialog");
    about.title = tr("Save this frame as a picture");
    about.folder = folder;
    about.name = QStringLiteral("%1-%2.png").arg(clip).arg(index + 1);
    about.filter = tr("PNG pictures (*.png)");
    about.suffix = QStringLiteral("png");
    about.chosen = [this](const QString &file) {
        m_state->context.settings.setValue(QStringLiteral("review/picture-folder"), QFileInfo(file).absolutePath());
    };
    about.write = [index](const project::ReviewDocument &document, const std::filesystem::path &target,
                          const std::filesystem::path &projectFile, const base::CancelToken &cancel) {
        return saveFrameAsPicture(document, index, target, true, projectFile, cancel);
    };
    about.done = tr("Saved as %1, with everything covered.");
    saveFile(about);
}

void ReviewPlace::saveFile(const SavedFile &about)
{
    auto *dialog = new QFileDialog(this, about.title, about.folder, about.filter);
    dialog->setObjectName(about.objectName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(about.suffix);
    dialog->selectFile(about.name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, about](const QString &file) {
        State &now = *m_state;
        if (!now.document)
            return;
        if (about.chosen)
            about.chosen(file);
        const std::filesystem::path target(QFile::encodeName(file).toStdString());
        // The dialogue has asked before it gave the name of a file that exists.
        now.work->run([document = now.document, write = about.write, target, projectFile = now.session->projectFile()](
                          const base::CancelToken &cancel) { return write(*document, target, projectFile, cancel); },
                      [this, target, done = about.done](const base::Result<void> &saved) {
                          if (saved)
                              m_state->notice->tell(ReviewNotice::Kind::Remark, done.arg(base::displayPath(target)));
                          else
                              m_state->notice->tell(ReviewNotice::Kind::Problem, errorText(saved.error()));
                      });
    });
    dialog->open();
}

// --- zones of a camera ----------------------------------------------------------------------------------------------

void ReviewPlace::saveZones()
{
    State &state = *m_state;
    std::vector<CameraZone> zones;
    for (const base::Zone &zone : state.document->zones)
        zones.push_back({zone.polygon, zone.label});
    state.work->run(
        [zones, key = cameraKey(state.document->source)](const base::CancelToken &) {
            return writeCameraZones(cameraZonesFile(), key, zones);
        },
        [this, count = int(zones.size())](const base::Result<void> &written) {
            if (written)
                m_state->notice->tell(
                    ReviewNotice::Kind::Remark,
                    tr("%n zone(s) kept. They are offered for the next clip of this camera.", nullptr, count));
            else
                m_state->notice->tell(ReviewNotice::Kind::Problem, errorText(written.error()));
        });
}

void ReviewPlace::offerZones()
{
    State &state = *m_state;
    state.work->run([key = cameraKey(state.document->source)](
                        const base::CancelToken &) { return readCameraZones(cameraZonesFile(), key); },
                    [this](const base::Result<std::vector<CameraZone>> &kept) {
                        State &now = *m_state;
                        if (!kept || !now.document)
                            return;
                        now.offeredZones.clear();
                        for (const CameraZone &zone : *kept) {
                            const bool present =
                                std::any_of(now.document->zones.begin(), now.document->zones.end(),
                                            [&zone](const base::Zone &one) { return one.polygon == zone.polygon; });
                            if (!present)
                                now.offeredZones.push_back(zone);
                        }
                        refreshActions();
                        if (!now.offeredZones.empty() && now.document->zones.empty() && now.clipUsable)
                            now.notice->tell(ReviewNotice::Kind::Offer,
                                             tr("You kept %n zone(s) for this camera. Cover them in this clip, too?",
                                                nullptr, int(now.offeredZones.size())),
                                             tr("Cover here, too"), [this] { useZones(); });
                    });
}

void ReviewPlace::useZones()
{
    State &state = *m_state;
    PlannedEdit plan;
    plan.text = tr("Use the zones of this camera");
    std::int64_t id = project::nextZoneId(*state.document);
    for (const CameraZone &zone : state.offeredZones)
        plan.edits.emplace_back(project::AddZone{{id++, zone.polygon, std::nullopt, zone.label}});
    state.offeredZones.clear();
    perform(plan);
}

} // namespace doorveil::ui
