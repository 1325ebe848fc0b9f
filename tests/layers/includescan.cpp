// SPDX-License-Identifier: GPL-3.0-or-later
#include "includescan.h"

#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace doorveil::layers {

QMap<QString, Rule> rules()
{
    const QSet<QString> belowPipeline{
        QStringLiteral("base"),     QStringLiteral("encode"),    QStringLiteral("isolation"), QStringLiteral("vision"),
        QStringLiteral("tracking"), QStringLiteral("redaction"), QStringLiteral("project"),   QStringLiteral("keys"),
        QStringLiteral("consent"),  QStringLiteral("package")};
    const QSet<QString> programs{QStringLiteral("pipeline"), QStringLiteral("project"), QStringLiteral("consent"),
                                 QStringLiteral("package"),  QStringLiteral("keys"),    QStringLiteral("base")};
    QMap<QString, Rule> table;
    const auto add = [&table](const char *module, const QSet<QString> &modules, const QSet<QString> &libraries = {},
                              const QSet<QString> &qtModules = {}) {
        table.insert(QString::fromLatin1(module), {modules, libraries, qtModules});
    };
    const QString base = QStringLiteral("base");
    add("base", {}, {QStringLiteral("tomlplusplus")});
    add("decode", {base}, {QStringLiteral("ffmpeg")});
    add("encode", {base}, {QStringLiteral("ffmpeg")});
    add("isolation", {base}, {QStringLiteral("seccomp")});
    // The worker is the one program that decodes; it speaks the isolation protocol.
    add("worker", {base, QStringLiteral("decode"), QStringLiteral("isolation")}, {QStringLiteral("seccomp")});
    add("vision", {base},
        {QStringLiteral("opencv"), QStringLiteral("dlib"), QStringLiteral("onednn"), QStringLiteral("onnx")});
    add("tracking", {base}, {QStringLiteral("opencv"), QStringLiteral("dlib")});
    add("redaction", {base});
    add("project", {base}, {}, {QStringLiteral("QtSql")});
    add("keys", {base}, {QStringLiteral("sodium"), QStringLiteral("keychain")});
    add("consent", {base, QStringLiteral("project")}, {QStringLiteral("valijson")}, {QStringLiteral("QtSql")});
    add("package", {base, QStringLiteral("consent"), QStringLiteral("keys"), QStringLiteral("encode")},
        {QStringLiteral("sodium"), QStringLiteral("zip")});
    add("pipeline", belowPipeline);
    add("download", {base, QStringLiteral("vision")}, {}, {QStringLiteral("QtNetwork")});
    add("cli", programs);
    add("ui", programs, {},
        {QStringLiteral("QtGui"), QStringLiteral("QtWidgets"), QStringLiteral("QtMultimedia"), QStringLiteral("QtSvg"),
         QStringLiteral("QtDBus"), QStringLiteral("QtSvgWidgets")});
    return table;
}

QString libraryOf(const QString &include)
{
    static const QList<std::pair<QRegularExpression, QString>> patterns{
        {QRegularExpression(QStringLiteral("^lib(av|sw)[a-z]+/")), QStringLiteral("ffmpeg")},
        {QRegularExpression(QStringLiteral("^opencv2/(highgui|videoio|imgcodecs|cvv|opencv\\.hpp)")),
         QStringLiteral("opencv-forbidden")},
        {QRegularExpression(QStringLiteral("^opencv2/")), QStringLiteral("opencv")},
        {QRegularExpression(QStringLiteral("^dlib/")), QStringLiteral("dlib")},
        {QRegularExpression(QStringLiteral("^(dnnl|omp\\.h)")), QStringLiteral("onednn")},
        {QRegularExpression(QStringLiteral("^onnx/")), QStringLiteral("onnx")},
        {QRegularExpression(QStringLiteral("^toml(\\+\\+)?[./]")), QStringLiteral("tomlplusplus")},
        {QRegularExpression(QStringLiteral("^seccomp\\.h$")), QStringLiteral("seccomp")},
        {QRegularExpression(QStringLiteral("^sodium")), QStringLiteral("sodium")},
        {QRegularExpression(QStringLiteral("^(zip|zipconf)\\.h$")), QStringLiteral("zip")},
        {QRegularExpression(QStringLiteral("^(qt6keychain|qtkeychain|qt5keychain)/")), QStringLiteral("keychain")},
        {QRegularExpression(QStringLiteral("^valijson/")), QStringLiteral("valijson")},
        {QRegularExpression(QStringLiteral("^sqlite3\\.h$")), QStringLiteral("sqlite")},
        {QRegularExpression(QStringLiteral("^(boost|curl|openssl)/")), QStringLiteral("unknown")},
    };
    for (const auto &[pattern, library] : patterns) {
        if (pattern.match(include).hasMatch())
            return library;
    }
    return {};
}

QString qtModuleOf(const QString &include)
{
    if (include.startsWith(QStringLiteral("Qt")) && include.contains(QLatin1Char('/')))
        return include.section(QLatin1Char('/'), 0, 0);
    if (!include.startsWith(QLatin1Char('Q')) && !include.startsWith(QLatin1Char('q')))
        return {};
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    const QStringList folders = headers.entryList({QStringLiteral("Qt*")}, QDir::Dirs);
    for (const QString &folder : folders) {
        if (QFile::exists(headers.filePath(folder + QLatin1Char('/') + include)))
            return folder;
    }
    // QtMultimedia or QtNetwork may not be installed where this runs; their names tell.
    if (include.startsWith(QStringLiteral("QNetwork")) || include.startsWith(QStringLiteral("QTcp")))
        return QStringLiteral("QtNetwork");
    return {};
}

QStringList violations(const QString &module, const QString &fileName, const QString &text)
{
    const QMap<QString, Rule> table = rules();
    if (!table.contains(module))
        return {QStringLiteral("%1: the folder is no module of the layer table").arg(fileName)};
    const Rule rule = table.value(module);
    const bool isPrivate = fileName.endsWith(QStringLiteral(".cpp")) || fileName.endsWith(QStringLiteral("_p.h"));

    QStringList found;
    static const QRegularExpression includeLine(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                                QRegularExpression::MultilineOption);
    for (auto matches = includeLine.globalMatch(text); matches.hasNext();) {
        const QString include = matches.next().captured(1);
        const QString first = include.section(QLatin1Char('/'), 0, 0);
        if (include.contains(QLatin1Char('/')) && table.contains(first) && first != module
            && !rule.modules.contains(first))
            found += QStringLiteral("%1: module %2 may not include %3").arg(fileName, module, include);

        const QString library = libraryOf(include);
        if (!library.isEmpty() && !rule.libraries.contains(library))
            found += QStringLiteral("%1: module %2 may not use %3 (%4)").arg(fileName, module, library, include);
        else if (!library.isEmpty() && !isPrivate)
            found += QStringLiteral("%1: %2 belongs into a .cpp or _p.h file").arg(fileName, include);

        const QString qtModule = qtModuleOf(include);
        if (!qtModule.isEmpty() && qtModule != QLatin1String("QtCore") && !rule.qtModules.contains(qtModule))
            found += QStringLiteral("%1: module %2 may not use %3 (%4)").arg(fileName, module, qtModule, include);
    }
    return found;
}

} // namespace doorveil::layers
