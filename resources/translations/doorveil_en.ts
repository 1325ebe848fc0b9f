<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>doorveil::ui::ClipList</name>
    <message numerus="yes">
        <source>%n taken off the list. No file was deleted.</source>
        <translation>
            <numerusform>%n taken off the list. No file was deleted.</numerusform>
            <numerusform>%n taken off the list. No file was deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsModel</name>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n to check</numerusform>
            <numerusform>%n to check</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsPlace</name>
    <message numerus="yes">
        <source>%n clip(s)</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) have not been looked through yet.</source>
        <translation>
            <numerusform>%n clip has not been looked through yet.</numerusform>
            <numerusform>%n clips have not been looked through yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are still being analysed. If you quit now this is stopped; they stay in the list, and nothing that you did is lost.</source>
        <translation>
            <numerusform>%n clip is still being analysed. If you quit now this is stopped; it stays in the list, and nothing that you did is lost.</numerusform>
            <numerusform>%n clips are still being analysed. If you quit now this is stopped; they stay in the list, and nothing that you did is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::RecordedTimeDialog</name>
    <message numerus="yes">
        <source>The same clock error in the %n other clip(s) of this folder</source>
        <translation>
            <numerusform>The same clock error in the other clip of this folder</numerusform>
            <numerusform>The same clock error in the %n other clips of this folder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewPlace</name>
    <message numerus="yes">
        <source>%n subject(s) found. All of them are covered.</source>
        <translation>
            <numerusform>%n subject found. It is covered.</numerusform>
            <numerusform>%n subjects found. All of them are covered.</numerusform>
        </translation>
    </message>
</context>
</TS>
