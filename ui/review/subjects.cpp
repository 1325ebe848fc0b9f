// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/subjects.h"

#include "base/mediatime.h"
#include "project/documentrules.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::Subjects)
};

constexpr int fewestTogether = 3; // frames: fewer say nothing about who belongs to whom
constexpr double mostFrames = 0.8;
constexpr double mostOfFace = 0.7; // of the face's area, within the body's box
constexpr double upperPart = 0.25; // of the body's box, where a face begins

bool isHead(const base::Track &track)
{
    return track.kind == base::TrackKind::Face || track.kind == base::TrackKind::Head;
}

bool wasFound(const base::Track &track)
{
    return std::any_of(track.observations.begin(), track.observations.end(), base::isFind);
}

bool isFaceOf(const base::Rectangle &face, const base::Rectangle &body)
{
    return double(face.intersected(body).area()) >= mostOfFace * double(face.area())
           && face.y <= body.y + upperPart * body.height;
}

/// Held before and after it was seen, where somebody else may stand already.
bool isHeld(const base::Observation &observation)
{
    return observation.origin == base::Origin::Extended;
}

/// The frames in which a face lies in a body's box, and those with both.
struct Together
{
    int frames = 0;
    std::vector<std::int64_t> inside;

    [[nodiscard]] bool isMatch() const
    {
        return frames >= fewestTogether && double(inside.size()) >= mostFrames * frames;
    }
};

Together compare(const base::Track &face, const base::Track &body)
{
    Together together;
    auto other = body.observations.begin();
    for (const base::Observation &seen : face.observations) {
        while (other != body.observations.end() && other->pts < seen.pts)
            ++other;
        if (other == body.observations.end())
            break;
        if (other->pts != seen.pts || isHeld(seen) || isHeld(*other))
            continue;
        ++together.frames;
        if (isFaceOf(seen.box, other->box))
            together.inside.push_back(seen.pts);
    }
    return together;
}

bool shareFrames(const std::vector<std::int64_t> &a, const std::vector<std::int64_t> &b)
{
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (*left == *right)
            return true;
        if (*left < *right)
            ++left;
        else
            ++right;
    }
    return false;
}

bool overlapInTime(const base::Track &a, const base::Track &b)
{
    return a.observations.front().pts <= b.observations.back().pts
           && b.observations.front().pts <= a.observations.back().pts;
}

/// For each body that belongs to a face: that face's id.
std::map<std::int64_t, std::int64_t> faceOfBody(const std::vector<base::Track> &tracks)
{
    // What the owner drew belongs to nobody by itself, and does not make a body's face doubtful.
    std::vector<const base::Track *> faces;
    for (const base::Track &track : tracks) {
        if (isHead(track) && wasFound(track))
            faces.push_back(&track);
    }
    std::map<std::int64_t, std::int64_t> result;
    for (const base::Track &body : tracks) {
        if (body.kind != base::TrackKind::Person || body.observations.empty())
            continue;
        std::vector<std::pair<const base::Track *, Together>> matches;
        for (const base::Track *face : faces) {
            if (!overlapInTime(*face, body))
                continue;
            Together together = compare(*face, body);
            if (together.isMatch())
                matches.emplace_back(face, std::move(together));
        }
        if (matches.empty())
            continue;
        std::sort(matches.begin(), matches.end(), [](const auto &a, const auto &b) {
            return a.second.inside.size() != b.second.inside.size() ? a.second.inside.size() > b.second.inside.size()
                                                                    : a.first->id < b.first->id;
        });
        const bool ambiguous = std::any_of(matches.begin() + 1, matches.end(), [&matches](const auto &other) {
            return shareFrames(matches.front().second.inside, other.second.inside);
        });
        if (!ambiguous && matches.front().first->decision == body.decision)
            result.emplace(body.id, matches.front().first->id);
    }
    return result;
}

void take(Subject &subject, const base::Track &track)
{
    subject.tracks.push_back(track.id);
    const base::TimeRange range{track.observations.front().pts, track.observations.back().pts + 1};
    const bool first = subject.tracks.size() == 1;
    subject.range =
        first ? range
              : base::TimeRange{std::min(subject.range.begin, range.begin), std::max(subject.range.end, range.end)};
    double best = -1.0;
    bool found = false;
    for (const base::Observation &observation : track.observations) {
        found = found || isFind(observation);
        subject.confidence = std::max(subject.confidence, observation.score);
        // Sure, large and seen: what a person recognises somebody by.
        const double worth = (double(observation.score) + 0.05) * double(observation.box.area());
        if (first && worth > best) {
            best = worth;
            subject.best = observation;
        }
    }
    if (first)
        subject.drawn = !found;
}

/// One number range for people whatever was found of them, one for plates, one for areas.
int numberGroup(base::TrackKind kind)
{
    return kind == base::TrackKind::Plate ? 1 : kind == base::TrackKind::Region ? 2 : 0;
}

QString nameOf(int group, int number)
{
    switch (group) {
    case 1:
        return Words::tr("Plate %1").arg(number);
    case 2:
        return Words::tr("Area %1").arg(number);
    default:
        return Words::tr("Person %1").arg(number);
    }
}

int order(base::DecisionKind kind)
{
    return kind == base::DecisionKind::Show ? 0 : kind == base::DecisionKind::Cover ? 1 : 2;
}

} // namespace

std::vector<Subject> subjectsOf(const project::ReviewDocument &document)
{
    const std::map<std::int64_t, std::int64_t> faces = faceOfBody(document.tracks);
    std::vector<Subject> subjects;
    std::map<std::int64_t, std::size_t> positions; // of the leading track
    for (const base::Track &track : document.tracks) {
        if (track.observations.empty() || faces.contains(track.id))
            continue;
        Subject subject;
        subject.id = track.id;
        subject.kind = track.kind;
        subject.name = track.label;
        subject.decision = track.decision;
        take(subject, track);
        positions.emplace(track.id, subjects.size());
        subjects.push_back(std::move(subject));
    }
    for (const auto &[body, face] : faces) {
        if (const base::Track *track = project::findTrack(document, body))
            take(subjects[positions.at(face)], *track);
    }
    // Numbered by id: ids ascend with the first appearance, and numbers stay what they were when the owner adds tracks.
    int numbers[3] = {0, 0, 0};
    for (Subject &subject : subjects) {
        const int group = numberGroup(subject.kind);
        const int number = ++numbers[group];
        if (subject.name.isEmpty())
            subject.name = nameOf(group, number);
    }
    std::map<std::int64_t, std::size_t> open;
    for (const project::CheckItem &check : document.checks) {
        if (!check.settled && check.track != 0)
            ++open[check.track];
    }
    for (Subject &subject : subjects) {
        for (const std::int64_t track : subject.tracks) {
            const auto found = open.find(track);
            subject.openChecks += found != open.end() ? found->second : 0;
        }
    }
    std::stable_sort(subjects.begin(), subjects.end(), [](const Subject &a, const Subject &b) {
        const int first = order(a.decision.kind);
        const int second = order(b.decision.kind);
        return first != second ? first < second : a.range.begin < b.range.begin;
    });
    return subjects;
}

const Subject *subjectOfTrack(const std::vector<Subject> &subjects, std::int64_t track)
{
    const auto found = std::find_if(subjects.begin(), subjects.end(), [track](const Subject &subject) {
        return std::find(subject.tracks.begin(), subject.tracks.end(), track) != subject.tracks.end();
    });
    return found != subjects.end() ? &*found : nullptr;
}

QString kindText(base::TrackKind kind)
{
    switch (kind) {
    case base::TrackKind::Face:
        return Words::tr("face");
    case base::TrackKind::Head:
        return Words::tr("head");
    case base::TrackKind::Person:
        return Words::tr("whole person");
    case base::TrackKind::Plate:
        return Words::tr("licence plate");
    case base::TrackKind::Region:
        break;
    }
    return Words::tr("area");
}

QString reasonText(base::ShowReason reason)
{
    switch (reason) {
    case base::ShowReason::Owner:
        return Words::tr("It is me");
    case base::ShowReason::Household:
        return Words::tr("Member of my household");
    case base::ShowReason::Consented:
        return Words::tr("They agreed to be shown");
    case base::ShowReason::RequestSubject:
        return Words::tr("The request is about them");
    case base::ShowReason::OwnVehicle:
        return Words::tr("My own vehicle");
    case base::ShowReason::NotIdentifiable:
        return Words::tr("Nobody could recognise them");
    case base::ShowReason::OwnerDecision:
        break;
    }
    return Words::tr("My own decision");
}

QString consentText(base::ConsentStatus status)
{
    switch (status) {
    case base::ConsentStatus::Self:
        return Words::tr("It is me, I agree");
    case base::ConsentStatus::Given:
        return Words::tr("They said yes");
    case base::ConsentStatus::Guardian:
        return Words::tr("A parent or guardian said yes");
    case base::ConsentStatus::NotAsked:
        return Words::tr("Not asked");
    case base::ConsentStatus::Refused:
        return Words::tr("They said no");
    case base::ConsentStatus::Unknown:
        break;
    }
    return Words::tr("I do not know");
}

QString decisionText(const base::Decision &decision)
{
    switch (decision.kind) {
    case base::DecisionKind::Show:
        return Words::tr("Shown: %1").arg(reasonText(decision.reason));
    case base::DecisionKind::Dismissed:
        return Words::tr("Not a person or plate");
    case base::DecisionKind::Cover:
        break;
    }
    return Words::tr("Covered");
}

QString shortTime(const project::SourceRecord &source, std::int64_t pts)
{
    const std::int64_t first = source.frames.empty() ? 0 : source.frames.front().pts;
    const std::int64_t seconds =
        std::max<std::int64_t>(0, base::toMilliseconds(pts - first, source.info.timeBase) / 1000);
    const QString rest = QStringLiteral("%1:%2").arg(seconds / 60 % 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 3600)
        return rest;
    return QStringLiteral("%1:%2").arg(seconds / 3600).arg(rest.rightJustified(5, QLatin1Char('0')));
}

QString timeRangeText(const project::SourceRecord &source, const base::TimeRange &range)
{
    const QString from = shortTime(source, range.begin);
    const QString to = shortTime(source, range.end);
    return from == to ? from : QStringLiteral("%1–%2").arg(from, to);
}

} // namespace doorveil::ui
