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
        QByteArray drawing = m_drawing;
        drawing.replace("#000000", colour.name().toLatin1());
        QSvgRenderer renderer(drawing);
        painter->save();
        painter->setOpacity(painter->opacity() * colour.alphaF());
        renderer.render(painter, rectangle);
        painter->restore();
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
    QFile file(QStringLiteral(":/doorveil/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new ThemedIconEngine(name, file.readAll(), role)); // QIcon owns its engine
}

} // namespace doorveil::ui
