<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>doorveil::ui::AboutDialog</name>
    <message>
        <source>Part</source>
        <translation>Componente</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Detection models</source>
        <translation>Modelos de detección</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>About Doorveil</source>
        <translation>Acerca de Doorveil</translation>
    </message>
    <message>
        <source>Doorveil %1</source>
        <translation>Doorveil %1</translation>
    </message>
    <message>
        <source>Covers bystanders in doorbell clips on your own computer, before you share them.</source>
        <translation>Tapa a otras personas en los clips de su timbre, en su propio ordenador, antes de que los comparta.</translation>
    </message>
    <message>
        <source>Your system keeps this program from the network.</source>
        <translation>Su sistema impide que este programa use la red.</translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation>Este programa no contiene código de red. Este sistema no lo impone.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versiones</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::AnalysisPanel</name>
    <message>
        <source>Paused at %1 of %2</source>
        <translation>En pausa en %1 de %2</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Analysing %1 of %2</source>
        <translation>Analizando %1 de %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 frames a second</source>
        <translation>%1 fotogramas por segundo</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>quedan unos %1</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipEntry</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipJobs</name>
    <message>
        <source>There are too many projects of this name in %1. Move some of them away.</source>
        <translation>Hay demasiados proyectos con este nombre en %1. Mueva algunos a otro lugar.</translation>
    </message>
    <message>
        <source>%1 is not the clip of this project: its content differs. Choose the very same file.</source>
        <translation>%1 no es el clip de este proyecto: su contenido es distinto. Elija exactamente el mismo archivo.</translation>
    </message>
    <message>
        <source>The folder for projects, %1, cannot be made: %2</source>
        <translation>No se puede crear la carpeta de proyectos %1: %2</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipList</name>
    <message>
        <source>There are no clips in this folder.</source>
        <translation>No hay clips en esta carpeta.</translation>
    </message>
    <message>
        <source>Only the first %1 files of the folder were taken.</source>
        <translation>Solo se tomaron los primeros %1 archivos de la carpeta.</translation>
    </message>
    <message>
        <source>%1 is the same clip as %2, which is in the list already.</source>
        <translation>%1 es el mismo clip que %2, que ya está en la lista.</translation>
    </message>
    <message>
        <source>%1 was analysed before; its project was opened again.</source>
        <translation>%1 ya se había analizado; se ha vuelto a abrir su proyecto.</translation>
    </message>
    <message numerus="yes">
        <source>%n taken off the list. No file was deleted.</source>
        <translation>
            <numerusform>Se ha quitado %n de la lista. No se ha borrado ningún archivo.</numerusform>
            <numerusform>Se han quitado %n de la lista. No se ha borrado ningún archivo.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not the file that was analysed: its content has changed.</source>
        <translation>%1 no es el archivo que se analizó: su contenido ha cambiado.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsModel</name>
    <message>
        <source>set by you</source>
        <translation>indicado por usted</translation>
    </message>
    <message>
        <source>guess, clock put right by you</source>
        <translation>estimado, con el reloj corregido por usted</translation>
    </message>
    <message>
        <source>guess, from the file&apos;s name</source>
        <translation>estimado por el nombre del archivo</translation>
    </message>
    <message>
        <source>guess, from the camera&apos;s stamp</source>
        <translation>estimado por la marca de la cámara</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Sin sonido</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Abriendo…</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuevo</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>Todavía sin analizar</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Will be looked through next</source>
        <translation>Se analizará a continuación</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analizando</translation>
    </message>
    <message>
        <source>Analysing %1 %</source>
        <translation>Analizando: %1 %</translation>
    </message>
    <message>
        <source>Could not be analysed</source>
        <translation>No se pudo analizar</translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n por comprobar</numerusform>
            <numerusform>%n por comprobar</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to review</source>
        <translation>Listo para revisar</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Revisado</translation>
    </message>
    <message>
        <source>The clip is missing</source>
        <translation>Falta el clip</translation>
    </message>
    <message>
        <source>It is no longer in its folder</source>
        <translation>Ya no está en su carpeta</translation>
    </message>
    <message>
        <source>The clip has changed</source>
        <translation>El clip ha cambiado</translation>
    </message>
    <message>
        <source>It is not the file that was analysed</source>
        <translation>No es el archivo que se analizó</translation>
    </message>
    <message>
        <source>Open in another window</source>
        <translation>Abierto en otra ventana</translation>
    </message>
    <message>
        <source>Close it there to go on here</source>
        <translation>Ciérrelo allí para continuar aquí</translation>
    </message>
    <message>
        <source>The project cannot be opened</source>
        <translation>No se puede abrir el proyecto</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Grabado</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Basic detectors: look at every frame</source>
        <translation>Detectores básicos: mire cada fotograma</translation>
    </message>
    <message>
        <source>No video, or a damaged one. Fetch it from the camera again.</source>
        <translation>No es un vídeo, o está dañado. Vuelva a obtenerlo de la cámara.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ClipsPlace</name>
    <message>
        <source>Clips (%1)</source>
        <translation>Clips (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>&amp;Clips</source>
        <translation>&amp;Clips</translation>
    </message>
    <message>
        <source>No file manager answers. The file is in %1</source>
        <translation>Ningún gestor de archivos responde. El archivo está en %1</translation>
    </message>
    <message>
        <source>&amp;Open clips…</source>
        <translation>&amp;Abrir clips…</translation>
    </message>
    <message>
        <source>Choose clips on this computer</source>
        <translation>Elegir clips de este ordenador</translation>
    </message>
    <message>
        <source>Add clips</source>
        <translation>Añadir clips</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Abrir &amp;carpeta…</translation>
    </message>
    <message>
        <source>Take all clips of a folder</source>
        <translation>Tomar todos los clips de una carpeta</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Añadir carpeta</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>Abrir &amp;proyecto…</translation>
    </message>
    <message>
        <source>Go on with work that you saved before</source>
        <translation>Continuar un trabajo guardado</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisar</translation>
    </message>
    <message>
        <source>See who was found in this clip, and correct it</source>
        <translation>Ver a quién se encontró en este clip y corregirlo</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>&amp;Analizar</translation>
    </message>
    <message>
        <source>Look for people and plates in the selected clips</source>
        <translation>Buscar personas y matrículas en los clips elegidos</translation>
    </message>
    <message>
        <source>Analyse a&amp;gain</source>
        <translation>Analizar de &amp;nuevo</translation>
    </message>
    <message>
        <source>Look for people and plates once more; your work in the project stays</source>
        <translation>Volver a buscar personas y matrículas; su trabajo en el proyecto se conserva</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>Stop analysing; what is finished stays</source>
        <translation>Dejar de analizar; lo terminado se conserva</translation>
    </message>
    <message>
        <source>Set recorded &amp;time…</source>
        <translation>Indicar la &amp;hora de grabación…</translation>
    </message>
    <message>
        <source>Say when the clip was recorded, or how wrong the camera&apos;s clock was</source>
        <translation>Decir cuándo se grabó el clip o cuánto se equivocaba el reloj de la cámara</translation>
    </message>
    <message>
        <source>&amp;Find the clip…</source>
        <translation>&amp;Buscar el clip…</translation>
    </message>
    <message>
        <source>Show where the clip of this project is now</source>
        <translation>Mostrar dónde está ahora el clip de este proyecto</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Mostrar en la &amp;carpeta</translation>
    </message>
    <message>
        <source>Show the file in the file manager</source>
        <translation>Mostrar el archivo en el gestor de archivos</translation>
    </message>
    <message>
        <source>Take &amp;off the list</source>
        <translation>&amp;Quitar de la lista</translation>
    </message>
    <message>
        <source>Take the clip off this list; no file is deleted</source>
        <translation>Quitar el clip de esta lista; no se borra ningún archivo</translation>
    </message>
    <message>
        <source>About the &amp;detectors…</source>
        <translation>Acerca de los &amp;detectores…</translation>
    </message>
    <message>
        <source>Which detectors are used, and how to get better ones</source>
        <translation>Qué detectores se usan y cómo obtener otros mejores</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Drop your clips here</source>
        <translation>Suelte aquí sus clips</translation>
    </message>
    <message>
        <source>Or choose them. The files stay where they are and are never changed. Nothing leaves this computer.</source>
        <translation>O elíjalos. Los archivos se quedan donde están y nunca se modifican. Nada sale de este ordenador.</translation>
    </message>
    <message>
        <source>Choose clips…</source>
        <translation>Elegir clips…</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s)</source>
        <translation>
            <numerusform>%n clip</numerusform>
            <numerusform>%n clips</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the basic detectors are installed. They miss small, turned and dark faces.</source>
        <translation>Solo están instalados los detectores básicos. No ven las caras pequeñas, giradas u oscuras.</translation>
    </message>
    <message>
        <source>How to get the good ones</source>
        <translation>Cómo obtener los buenos</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) have not been looked through yet.</source>
        <translation>
            <numerusform>%n clip está todavía sin analizar.</numerusform>
            <numerusform>%n clips están todavía sin analizar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Analyse now</source>
        <translation>Analizar ahora</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuar</translation>
    </message>
    <message>
        <source>Go on analysing</source>
        <translation>Continuar el análisis</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausa</translation>
    </message>
    <message>
        <source>Pause analysing; go on whenever you like</source>
        <translation>Poner en pausa el análisis; continúe cuando quiera</translation>
    </message>
    <message>
        <source>Analysing clips</source>
        <translation>Analizando clips</translation>
    </message>
    <message>
        <source>Open clips</source>
        <translation>Abrir clips</translation>
    </message>
    <message>
        <source>Open a folder of clips</source>
        <translation>Abrir una carpeta de clips</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Abrir un proyecto</translation>
    </message>
    <message>
        <source>Doorveil projects (*.doorveil)</source>
        <translation>Proyectos de Doorveil (*.doorveil)</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>¿Dónde está ahora %1?</translation>
    </message>
    <message numerus="yes">
        <source>%n clip(s) are still being analysed. If you quit now this is stopped; they stay in the list, and nothing that you did is lost.</source>
        <translation>
            <numerusform>Todavía se está analizando %n clip. Si sale ahora, el análisis se detiene; el clip sigue en la lista y no se pierde nada de lo que hizo.</numerusform>
            <numerusform>Todavía se están analizando %n clips. Si sale ahora, el análisis se detiene; los clips siguen en la lista y no se pierde nada de lo que hizo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::DropOverlay</name>
    <message>
        <source>Let go to add these clips</source>
        <translation>Suelte para añadir estos clips</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::KeySheet</name>
    <message>
        <source>All keys</source>
        <translation>Todas las teclas</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>Buscar una acción o una tecla</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Acción</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tecla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::LedgerPlace</name>
    <message>
        <source>The ledger is not in this version yet</source>
        <translation>El registro no está todavía en esta versión</translation>
    </message>
    <message>
        <source>It will list what was asked for, what you decided and what you handed over.</source>
        <translation>Mostrará lo que se le pidió, lo que decidió y lo que entregó.</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Registro</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::MainWindow</name>
    <message>
        <source>Your clips: open them and let Doorveil look for people and plates</source>
        <translation>Sus clips: ábralos y deje que Doorveil busque personas y matrículas</translation>
    </message>
    <message>
        <source>Look at what is covered, and correct it</source>
        <translation>Mirar lo que está tapado y corregirlo</translation>
    </message>
    <message>
        <source>Make a package to hand over, or not</source>
        <translation>Preparar un paquete para entregarlo, o no</translation>
    </message>
    <message>
        <source>What was asked for and what you handed over</source>
        <translation>Lo que se le pidió y lo que entregó</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Close Doorveil</source>
        <translation>Cerrar Doorveil</translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation>Todas las &amp;teclas</translation>
    </message>
    <message>
        <source>Every key of this program</source>
        <translation>Todas las teclas de este programa</translation>
    </message>
    <message>
        <source>&amp;About Doorveil</source>
        <translation>&amp;Acerca de Doorveil</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versiones y licencias</translation>
    </message>
    <message>
        <source>&amp;What stays on this computer</source>
        <translation>&amp;Qué se queda en este ordenador</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Pantalla completa</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Como el &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Todas las teclas</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apariencia</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>Quit Doorveil?</source>
        <translation>¿Salir de Doorveil?</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Detener y salir</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Seguir trabajando</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ModelsDialog</name>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>faces</source>
        <translation>caras</translation>
    </message>
    <message>
        <source>licence plates</source>
        <translation>matrículas</translation>
    </message>
    <message>
        <source>people</source>
        <translation>personas</translation>
    </message>
    <message>
        <source>Detectors</source>
        <translation>Detectores</translation>
    </message>
    <message>
        <source>Detectors on this computer</source>
        <translation>Detectores de este ordenador</translation>
    </message>
    <message>
        <source>Good detectors find more of the people and plates in a clip, above all small, turned and dark ones. They are files of about 20 MB that you install once. This window never goes on line; a small program of its own fetches them when you start it.</source>
        <translation>Los buenos detectores encuentran más personas y matrículas en un clip, sobre todo las pequeñas, giradas u oscuras. Son archivos de unos 20 MB que se instalan una sola vez. Esta ventana nunca se conecta a la red; un pequeño programa aparte los descarga cuando usted lo inicia.</translation>
    </message>
    <message>
        <source>1. Open a terminal, paste this and press Enter:</source>
        <translation>1. Abra un terminal, pegue esto y pulse Intro:</translation>
    </message>
    <message>
        <source>Without internet here: fetch the files on another computer and take them from a folder or a USB stick:</source>
        <translation>Sin internet aquí: descargue los archivos en otro ordenador y tómelos de una carpeta o de una memoria USB:</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>CARPETA</translation>
    </message>
    <message>
        <source>2. Come back and look again. Then analyse your clips again (Shift+F5): your work in them stays.</source>
        <translation>2. Vuelva y mire de nuevo. Después analice otra vez sus clips (Mayús+F5): su trabajo en ellos se conserva.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Mirando…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Only the basic detectors are installed</source>
        <translation>Solo están instalados los detectores básicos</translation>
    </message>
    <message>
        <source>The good detectors are installed</source>
        <translation>Los buenos detectores están instalados</translation>
    </message>
    <message>
        <source>built in, basic</source>
        <translation>incluido, básico</translation>
    </message>
    <message>
        <source>installed and verified</source>
        <translation>instalado y verificado</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>no instalado</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>Detector</translation>
    </message>
    <message>
        <source>Finds</source>
        <translation>Encuentra</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>They are kept in %1</source>
        <translation>Se guardan en %1</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Cerrar este aviso</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::PathStep</name>
    <message>
        <source>Step %1: %2</source>
        <translation>Paso %1: %2</translation>
    </message>
    <message>
        <source>This place is shown</source>
        <translation>Este lugar es el que se muestra</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ProjectWriter</name>
    <message>
        <source>no project is open</source>
        <translation>no hay ningún proyecto abierto</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::RecordedTimeDialog</name>
    <message>
        <source>I know when it was recorded</source>
        <translation>Sé cuándo se grabó</translation>
    </message>
    <message numerus="yes">
        <source>The same clock error in the %n other clip(s) of this folder</source>
        <translation>
            <numerusform>El mismo error del reloj en el otro clip de esta carpeta</numerusform>
            <numerusform>El mismo error del reloj en los otros %n clips de esta carpeta</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded time of %1</source>
        <translation>Hora de grabación de %1</translation>
    </message>
    <message>
        <source>This computer&apos;s time zone</source>
        <translation>Zona horaria de este ordenador</translation>
    </message>
    <message>
        <source>was right</source>
        <translation>iba bien</translation>
    </message>
    <message>
        <source>was behind by</source>
        <translation>iba atrasado</translation>
    </message>
    <message>
        <source>was ahead by</source>
        <translation>iba adelantado</translation>
    </message>
    <message>
        <source>Hours, minutes and seconds</source>
        <translation>Horas, minutos y segundos</translation>
    </message>
    <message>
        <source>Recorded at</source>
        <translation>Grabado el</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zona horaria</translation>
    </message>
    <message>
        <source>The camera&apos;s clock</source>
        <translation>El reloj de la cámara</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Nothing is known of when this clip was recorded.</source>
        <translation>No se sabe cuándo se grabó este clip.</translation>
    </message>
    <message>
        <source>The clip will count as recorded on %1.</source>
        <translation>El clip constará como grabado el %1.</translation>
    </message>
    <message>
        <source>The clip will count as recorded on %1, as a guess.</source>
        <translation>El clip constará como grabado el %1, de forma estimada.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewPlace</name>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>No clip is open</source>
        <translation>No hay ningún clip abierto</translation>
    </message>
    <message>
        <source>Choose a clip in the list of clips to see who is in it.</source>
        <translation>Elija un clip de la lista para ver quién aparece en él.</translation>
    </message>
    <message>
        <source>Show the clips</source>
        <translation>Mostrar los clips</translation>
    </message>
    <message numerus="yes">
        <source>%n subject(s) found. All of them are covered.</source>
        <translation>
            <numerusform>Se encontró %n. Está tapado.</numerusform>
            <numerusform>Se encontraron %n. Todos están tapados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SharePlace</name>
    <message>
        <source>Sharing is not in this version yet</source>
        <translation>Compartir no está todavía en esta versión</translation>
    </message>
    <message>
        <source>To make a covered copy of a clip, use the command line: doorveil-cli redact PROJECT -o COPY.mp4</source>
        <translation>Para hacer una copia tapada de un clip, use la línea de órdenes: doorveil-cli redact PROYECTO -o COPIA.mp4</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Compartir</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::StatusStrip</name>
    <message>
        <source>Doorveil has sent nothing</source>
        <translation>Doorveil no ha enviado nada</translation>
    </message>
    <message>
        <source>Your system keeps this program from the network: it could not send anything.</source>
        <translation>Su sistema impide que este programa use la red: no podría enviar nada.</translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation>Este programa no contiene código de red. Este sistema no lo impone.</translation>
    </message>
    <message>
        <source>Stop this work</source>
        <translation>Detener este trabajo</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::WelcomePage</name>
    <message>
        <source>Your clips, your decision</source>
        <translation>Sus clips, su decisión</translation>
    </message>
    <message>
        <source>Doorveil helps you to cover people and licence plates in your doorbell clips before you share them.</source>
        <translation>Doorveil le ayuda a tapar personas y matrículas en los clips de su timbre antes de compartirlos.</translation>
    </message>
    <message>
        <source>Your system keeps this program from the network. It cannot send anything, to anybody.</source>
        <translation>Su sistema impide que este programa use la red. No puede enviar nada a nadie.</translation>
    </message>
    <message>
        <source>This program has no network code. This system does not enforce that.</source>
        <translation>Este programa no contiene código de red. Este sistema no lo impone.</translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation>Todo se queda en este ordenador</translation>
    </message>
    <message>
        <source>Everybody is covered until you show them</source>
        <translation>Todos están tapados hasta que usted los muestre</translation>
    </message>
    <message>
        <source>Doorveil finds people and plates by itself, and misses some. You look at the clip and correct it before anything is made from it.</source>
        <translation>Doorveil encuentra personas y matrículas por sí solo, y algunas se le escapan. Usted mira el clip y lo corrige antes de que se haga nada con él.</translation>
    </message>
    <message>
        <source>Your clips are never changed</source>
        <translation>Sus clips nunca se modifican</translation>
    </message>
    <message>
        <source>They are only read. What you share is a new file, and you hand it over yourself, or not at all.</source>
        <translation>Solo se leen. Lo que comparte es un archivo nuevo, y lo entrega usted mismo, o no lo entrega.</translation>
    </message>
    <message>
        <source>What is kept, and where</source>
        <translation>Qué se guarda y dónde</translation>
    </message>
    <message>
        <source>Your projects: where somebody is in a clip and what you decided, without any picture, in %1. What this window remembers, in %2.</source>
        <translation>Sus proyectos: dónde aparece alguien en un clip y qué decidió usted, sin ninguna imagen, en %1. Lo que recuerda esta ventana, en %2.</translation>
    </message>
    <message>
        <source>Start with my clips</source>
        <translation>Empezar con mis clips</translation>
    </message>
</context>
</TS>
