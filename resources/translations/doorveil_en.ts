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
    <name>doorveil::ui::LedgerPlace</name>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n due</numerusform>
            <numerusform>%n due</numerusform>
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
        <source>%n to check</source>
        <translation>
            <numerusform>%n to check</numerusform>
            <numerusform>%n to check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to check are open.</source>
        <translation>
            <numerusform>%n thing to check is open.</numerusform>
            <numerusform>%n things to check are open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was followed over %n frame(s) and then lost. Please look at both ends of it in the timeline.</source>
        <translation>
            <numerusform>%1 was followed over %n frame and then lost. Please look at both ends of it in the timeline.</numerusform>
            <numerusform>%1 was followed over %n frames and then lost. Please look at both ends of it in the timeline.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was followed over %n frame(s). Please watch them.</source>
        <translation>
            <numerusform>%1 was followed over %n frame. Please watch it.</numerusform>
            <numerusform>%1 was followed over %n frames. Please watch them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zone(s) kept. They are offered for the next clip of this camera.</source>
        <translation>
            <numerusform>%n zone kept. It is offered for the next clip of this camera.</numerusform>
            <numerusform>%n zones kept. They are offered for the next clip of this camera.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You kept %n zone(s) for this camera. Cover them in this clip, too?</source>
        <translation>
            <numerusform>You kept %n zone for this camera. Cover it in this clip, too?</numerusform>
            <numerusform>You kept %n zones for this camera. Cover them in this clip, too?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShareClips</name>
    <message numerus="yes">
        <source>— covered: %n</source>
        <translation>
            <numerusform>— covered: %n</numerusform>
            <numerusform>— covered: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SuggestionCard</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
</TS>
