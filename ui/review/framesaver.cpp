// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/framesaver.h"

#include "base/durablefile.h"
#include "coretexts.h"
#include "pipeline/clippictures.h"
#include "pipeline/source.h"
#include "review/picturegeometry.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QImageWriter>

#include <cmath>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::FrameSaver)
};

} // namespace

base::Result<void> saveFrameAsPicture(const project::ReviewDocument &document, std::size_t index,
                                      const std::filesystem::path &target, bool replaceExisting,
                                      const std::filesystem::path &projectFile, const base::CancelToken &cancel)
{
    base::DurableFile::Options options;
    options.replaceExisting = replaceExisting;
    options.neverOverwrite = pipeline::identitiesOf({pipeline::sourcePath(document.source), projectFile});
    const base::Result<base::Picture> picture = pipeline::coveredPicture(document, index, cancel);
    if (!picture)
        return picture.error();
    QImage image(picture->bgr.data(), picture->size.width, picture->size.height, qsizetype(picture->size.width) * 3,
                 QImage::Format_BGR888);
    image = image.convertToFormat(QImage::Format_RGB888);
    const double aspect = displayedPixelAspect(document.source.info);
    if (std::abs(aspect - 1.0) > 1e-3)
        image = image.scaled(std::max(1, int(std::lround(image.width() * aspect))), image.height(),
                             Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    if (!writer.write(image))
        return base::Error{
            base::ErrorKind::Failure,
            Words::tr("%1: the picture could not be made (%2)").arg(base::displayPath(target), writer.errorString()),
            QLatin1String(ownWords)};
    return base::writeDurably(target, png, options);
}

} // namespace doorveil::ui
