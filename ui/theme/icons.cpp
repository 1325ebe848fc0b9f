// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace doorveil::ui {

namespace {

void drawTinted(QPainter &painter, const QRectF &area, QByteArray drawing, const QColor &colour)
{
    drawing.replace("#000000", colour.name().toLatin1());
    QSvgRenderer renderer(drawing);
    painter.save();
    painter.setOpacity(painter.opacity() * double(colour.alphaF()));
    renderer.render(&painter, area);
    painter.restore();
}

QByteArray drawingOf(const QString &name)
{
    QFile file(QStringLiteral(":/doorveil/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(QString name, QByteArray drawing, QPalette::ColorRole role)
        : m_name(std::move(name)), m_drawing(std::move(drawing)), m_role(role)
    {
    }

    void paint(QPainter *painter, const QRect &rectangle, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QApplication::palette();
        const QColor colour = palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, m_role);
        drawTinted(*painter, rectangle, m_drawing, colour);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = QStringLiteral("doorveil-icon/%1/%2/%3/%4/%5")
                                .arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(int(mode))
                                .arg(int(m_role));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new ThemedIconEngine(m_name, m_drawing, m_role); }
    [[nodiscard]] QString key() const override { return QStringLiteral("doorveil"); }
    bool isNull() override { return m_drawing.isEmpty(); }

private:
    QString m_name;
    QByteArray m_drawing;
    QPalette::ColorRole m_role;
};

} // namespace

QIcon themedIcon(const QString &name, QPalette::ColorRole role)
{
    const QByteArray drawing = drawingOf(name);
    return drawing.isEmpty() ? QIcon() : QIcon(new ThemedIconEngine(name, drawing, role)); // QIcon owns its engine
}

QPixmap tintedIcon(const QString &name, const QColor &colour, const QSize &size, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("doorveil-tinted/%1/%2/%3/%4/%5")
                            .arg(name, colour.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap((QSizeF(size) * devicePixelRatio).toSize());
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawTinted(painter, QRectF(QPointF(), QSizeF(size)), drawingOf(name), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace doorveil::ui
