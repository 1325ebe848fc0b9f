// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchclips.h"

#include "base/picture.h"
#include "tracking/appearance.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <cstdio>
#include <vector>

// How alike views of one person and views of different people look, on the labelled clips: what the threshold of
// suggestions stands on. Without a name of their own, the people of a clip are its labels from left to right, where
// every labelled frame has as many.
//
//     DOORVEIL_TEST_DATA=… doorveil-bench-appearance

namespace {

using namespace doorveil;

struct View
{
    QString clip;
    int frame = 0;
    QString person;
    tracking::Appearance appearance;
};

QString personOf(const QString &clip, std::size_t position)
{
    // The same people in several clips (identities.json).
    static const QHash<QString, QString> named{
        {QStringLiteral("asl_again"), QStringLiteral("A")}, {QStringLiteral("asl_brother"), QStringLiteral("A")},
        {QStringLiteral("asl_bird"), QStringLiteral("B")},  {QStringLiteral("asl_book"), QStringLiteral("C")},
        {QStringLiteral("asl_eat"), QStringLiteral("D")},   {QStringLiteral("asl_hungry"), QStringLiteral("E")}};
    return named.value(clip, QStringLiteral("%1#%2").arg(clip).arg(position));
}

std::vector<View> viewsOf(const bench::LabelledClip &clip)
{
    std::vector<View> views;
    const bench::KindLabels &faces = clip.labels.at(base::TrackKind::Face);
    int index = -1;
    const QString problem = bench::eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational) {
        const auto labels = faces.find(++index);
        if (labels == faces.end())
            return true;
        std::vector<base::Rectangle> heads = labels->second.boxes;
        std::sort(heads.begin(), heads.end(),
                  [](const base::Rectangle &a, const base::Rectangle &b) { return a.x < b.x; });
        const base::Picture picture = base::toPicture(frame);
        for (std::size_t head = 0; head < heads.size(); ++head)
            views.push_back(
                {clip.name, index, personOf(clip.name, head), tracking::appearanceOf(picture, heads[head])});
        return true;
    });
    if (!problem.isEmpty())
        std::fprintf(stderr, "%s\n", qPrintable(problem));
    return views;
}

void print(const char *what, std::vector<double> &values)
{
    std::sort(values.begin(), values.end());
    if (values.empty())
        return;
    std::printf("%-28s %4zu pairs: least %.3f, 10 %% %.3f, median %.3f, 90 %% %.3f, most %.3f; from %.2f on %zu\n",
                what, values.size(), values.front(), values[values.size() / 10], values[values.size() / 2],
                values[values.size() * 9 / 10], values.back(), tracking::alikeFrom,
                std::size_t(values.end() - std::lower_bound(values.begin(), values.end(), tracking::alikeFrom)));
}

} // namespace

int main()
{
    std::vector<View> views;
    const auto clips = bench::labelledClips(qEnvironmentVariable("DOORVEIL_TEST_DATA"));
    if (!clips) {
        std::fprintf(stderr, "%s\n", qPrintable(clips.error().message));
        return 1;
    }
    for (const bench::LabelledClip &clip : *clips) {
        if (clip.labels.count(base::TrackKind::Face) == 0)
            continue;
        const std::vector<View> these = viewsOf(clip);
        views.insert(views.end(), these.begin(), these.end());
    }
    std::vector<double> same;
    std::vector<double> other;
    std::vector<double> returned;
    for (std::size_t a = 0; a < views.size(); ++a) {
        for (std::size_t b = a + 1; b < views.size(); ++b) {
            const View &first = views[a];
            const View &second = views[b];
            if (first.appearance.isEmpty() || second.appearance.isEmpty())
                continue;
            const double likeness = tracking::likeness(first.appearance, second.appearance);
            const bool isSame = first.person == second.person;
            if (isSame && first.clip != second.clip)
                returned.push_back(likeness);
            (isSame ? same : other).push_back(likeness);
            if (qEnvironmentVariableIsSet("DOORVEIL_BENCH_PAIRS"))
                std::printf("%.3f %s %s@%d %s@%d\n", likeness, isSame ? "same " : "other", qPrintable(first.person),
                            first.frame, qPrintable(second.person), second.frame);
        }
    }
    std::printf("%zu views, %zu of them can be compared\n", views.size(),
                std::size_t(std::count_if(views.begin(), views.end(),
                                          [](const View &view) { return !view.appearance.isEmpty(); })));
    print("one person", same);
    print("one person, another clip", returned);
    print("different people", other);
    return 0;
}
