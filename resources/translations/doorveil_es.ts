<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>doorveil::ui::AboutDialog</name>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detection models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Doorveil</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doorveil %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Covers bystanders in doorbell clips on your own computer, before you share them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your system keeps this program from the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::AnalysisPanel</name>
    <message>
        <source>Paused at %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 frames a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipEntry</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipList</name>
    <message>
        <source>There are no clips in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first %1 files of the folder were taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is the same clip as %2, which is in the list already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was analysed before; its project was opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n taken off the list. No file was deleted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not the file that was analysed: its content has changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsModel</name>
    <message>
        <source>set by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guess, clock put right by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guess, from the file&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guess, from the camera&apos;s stamp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basic detectors were used: look at every frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be looked through next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no longer in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip has changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not the file that was analysed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in another window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it there to go on here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsPlace</name>
    <message>
        <source>Clips (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file manager answers. The file is in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open clips…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose clips on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take all clips of a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with work that you saved before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See who was found in this clip, and correct it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for people and plates in the selected clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse a&amp;gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for people and plates once more; your work in the project stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop analysing; what is finished stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set recorded &amp;time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say when the clip was recorded, or how wrong the camera&apos;s clock was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find the clip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show where the clip of this project is now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the file in the file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take &amp;off the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the clip off this list; no file is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the &amp;detectors…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which detectors are used, and how to get better ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop your clips here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or choose them. The files stay where they are and are never changed. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose clips…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Only the basic detectors are installed. They miss small, turned and dark faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to get the good ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) have not been looked through yet.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Analyse now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on analysing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause analysing; go on whenever you like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doorveil projects (*.doorveil)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are still being analysed. If you quit now this is stopped; they stay in the list, and nothing that you did is lost.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::KeySheet</name>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::LedgerPlace</name>
    <message>
        <source>The ledger is not in this version yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It will list what was asked for, what you decided and what you handed over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::MainWindow</name>
    <message>
        <source>Your clips: open them and let Doorveil look for people and plates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at what is covered, and correct it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a package to hand over, or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was asked for and what you handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Doorveil</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every key of this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Doorveil</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;What stays on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit Doorveil?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ModelsDialog</name>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>licence plates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detectors on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good detectors find more of the people and plates in a clip, above all small, turned and dark ones. They are files of about 20 MB that you install once. This window never goes on line; a small program of its own fetches them when you start it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1. Open a terminal, paste this and press Enter:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without internet here: fetch the files on another computer and take them from a folder or a USB stick:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2. Come back and look again. Then analyse your clips again (Shift+F5): your work in them stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the basic detectors are installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The good detectors are installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>built in, basic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>installed and verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are kept in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::PathStep</name>
    <message>
        <source>Step %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This place is shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ProjectWriter</name>
    <message>
        <source>no project is open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::RecordedTimeDialog</name>
    <message>
        <source>I know when it was recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The same clock error in the %n other clip(s) of this folder</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded time of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s time zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was behind by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was ahead by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours, minutes and seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known of when this clip was recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip will count as recorded on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip will count as recorded on %1, as a guess.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewPlace</name>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clip is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a clip in the list of clips to see who is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n subject(s) found. All of them are covered.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SharePlace</name>
    <message>
        <source>Sharing is not in this version yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To make a covered copy of a clip, use the command line: doorveil-cli redact PROJECT -o COPY.mp4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::StatusStrip</name>
    <message>
        <source>Doorveil has sent nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your system keeps this program from the network: it could not send anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop this work</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>doorveil::ui::WelcomePage</name>
    <message>
        <source>Your clips, your decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doorveil helps you to cover people and licence plates in your doorbell clips before you share them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your system keeps this program from the network. It cannot send anything, to anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody is covered until you show them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doorveil finds people and plates by itself, and misses some. You look at the clip and correct it before anything is made from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your clips are never changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are only read. What you share is a new file, and you hand it over yourself, or not at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is kept, and where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your projects: where somebody is in a clip and what you decided, without any picture, in %1. What this window remembers, in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with my clips</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
