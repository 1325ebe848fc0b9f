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
    <name>doorveil::ui::CameraZones</name>
    <message>
        <source>%1 is damaged: %2. Move it away to keep zones for your cameras again.</source>
        <translation>%1 está dañado: %2. Muévalo a otro lugar para volver a guardar zonas de sus cámaras.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::CheckModel</name>
    <message>
        <source>Seen in the finished clip</source>
        <translation>Visto en el clip terminado</translation>
    </message>
    <message>
        <source>A second search of the finished clip found a face or plate that nothing covered. Cover it, show it, or say that it is none.</source>
        <translation>Una segunda búsqueda en el clip terminado encontró una cara o matrícula que nada tapaba. Tápela, muéstrela o indique que no lo es.</translation>
    </message>
    <message>
        <source>Damaged picture</source>
        <translation>Imagen dañada</translation>
    </message>
    <message>
        <source>The clip is damaged here, and somebody may have been missed. Look at these frames.</source>
        <translation>El clip está dañado aquí y puede que no se haya visto a alguien. Mire estos fotogramas.</translation>
    </message>
    <message>
        <source>Gap bridged</source>
        <translation>Hueco cubierto</translation>
    </message>
    <message>
        <source>For a moment nothing was found, and the cover was carried across. Does it stay on the person or plate?</source>
        <translation>Durante un momento no se encontró nada y la cubierta se mantuvo. ¿Sigue sobre la persona o la matrícula?</translation>
    </message>
    <message>
        <source>Not sure what this is</source>
        <translation>No está claro qué es</translation>
    </message>
    <message>
        <source>It was barely recognised. It is covered. If it is no person or plate, you can say so.</source>
        <translation>Apenas se reconoció. Está tapado. Si no es una persona ni una matrícula, puede indicarlo.</translation>
    </message>
    <message>
        <source>Found when looking again</source>
        <translation>Encontrado al analizar de nuevo</translation>
    </message>
    <message>
        <source>The new analysis found this. It is covered.</source>
        <translation>El nuevo análisis encontró esto. Está tapado.</translation>
    </message>
    <message>
        <source>The cover begins or ends in the middle of the picture. Is anybody visible just before or after?</source>
        <translation>La cubierta empieza o acaba en medio de la imagen. ¿Se ve a alguien justo antes o después?</translation>
    </message>
    <message>
        <source>Something moves here that was not recognised. Cover it if it is a person or a plate.</source>
        <translation>Aquí se mueve algo que no se reconoció. Tápelo si es una persona o una matrícula.</translation>
    </message>
    <message>
        <source>A person without a face</source>
        <translation>Una persona sin cara</translation>
    </message>
    <message>
        <source>A body was found but never a face. The head is covered. Is it in the right place?</source>
        <translation>Se encontró un cuerpo pero nunca una cara. La cabeza está tapada. ¿Está en el lugar correcto?</translation>
    </message>
    <message>
        <source>Have a look</source>
        <translation>Mire esto</translation>
    </message>
    <message>
        <source>Please look at this moment.</source>
        <translation>Mire este momento.</translation>
    </message>
    <message>
        <source>The cover of %1 lies over %2, and the cover wins. You can shorten or move it frame by frame.</source>
        <translation>La cubierta de %1 está sobre %2, y la cubierta prevalece. Puede acortarla o moverla fotograma a fotograma.</translation>
    </message>
    <message>
        <source>Settled: %1, %2, %3</source>
        <translation>Resuelto: %1, %2, %3</translation>
    </message>
    <message>
        <source>To check: %1, %2, %3</source>
        <translation>Por revisar: %1, %2, %3</translation>
    </message>
    <message>
        <source>Moving, and not covered</source>
        <translation>Se mueve sin tapar</translation>
    </message>
    <message>
        <source>Appears or vanishes</source>
        <translation>Aparece o desaparece</translation>
    </message>
    <message>
        <source>Shown, but covered</source>
        <translation>Se muestra, pero tapado</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::CheckPanel</name>
    <message>
        <source>Things to check</source>
        <translation>Cosas por revisar</translation>
    </message>
    <message>
        <source>Watched in covered view</source>
        <translation>Visto en la vista tapada</translation>
    </message>
    <message>
        <source>To check (%1)</source>
        <translation>Por revisar (%1)</translation>
    </message>
    <message>
        <source>Watched as covered: %1 %</source>
        <translation>Visto tapado: %1 %</translation>
    </message>
    <message>
        <source>%1 to check</source>
        <translation>%1 por revisar</translation>
    </message>
    <message>
        <source>%1 % not watched</source>
        <translation>%1 % sin ver</translation>
    </message>
    <message>
        <source>You marked this clip as reviewed.</source>
        <translation>Ha marcado este clip como revisado.</translation>
    </message>
    <message>
        <source>You marked this clip as reviewed. Left out: %1.</source>
        <translation>Ha marcado este clip como revisado. Sin mirar: %1.</translation>
    </message>
    <message>
        <source>You have looked at everything.</source>
        <translation>Lo ha mirado todo.</translation>
    </message>
    <message>
        <source>Still to do: %1.</source>
        <translation>Queda: %1.</translation>
    </message>
    <message>
        <source>All checked</source>
        <translation>Todo comprobado</translation>
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
        <translation>estimado, reloj corregido</translation>
    </message>
    <message>
        <source>guess, from the file&apos;s name</source>
        <translation>estimado por el nombre</translation>
    </message>
    <message>
        <source>guess, from the camera&apos;s stamp</source>
        <translation>estimado por la cámara</translation>
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
            <numerusform>%n por revisar</numerusform>
            <numerusform>%n por revisar</numerusform>
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
        <translation>Detectores básicos: mírelo todo</translation>
    </message>
    <message>
        <source>No video, or a damaged one. Fetch it from the camera again.</source>
        <translation>No es un vídeo, o está dañado. Vuelva a obtenerlo de la cámara.</translation>
    </message>
    <message>
        <source>Yes</source>
        <comment>sound</comment>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <comment>sound</comment>
        <translation>No</translation>
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
    <name>doorveil::ui::CoreTexts</name>
    <message>
        <source>nobody is named who asks or receives</source>
        <translation>no se nombra a nadie que pida o reciba</translation>
    </message>
    <message>
        <source>this kind of request cannot have that basis</source>
        <translation>esta clase de petición no puede tener esa base</translation>
    </message>
    <message>
        <source>the time at which the request was received is missing</source>
        <translation>falta la hora en que se recibió la petición</translation>
    </message>
    <message>
        <source>the time window asked for is missing</source>
        <translation>falta el intervalo de tiempo que se pide</translation>
    </message>
    <message>
        <source>the time window ends before it starts</source>
        <translation>el intervalo de tiempo acaba antes de empezar</translation>
    </message>
    <message>
        <source>the last day on which the permission may be relied on is missing</source>
        <translation>falta el último día en que se puede invocar el permiso</translation>
    </message>
    <message>
        <source>the permission would end before the request was received</source>
        <translation>el permiso acabaría antes de recibirse la petición</translation>
    </message>
    <message>
        <source>the statement cannot be written in that language</source>
        <translation>la declaración no se puede escribir en ese idioma</translation>
    </message>
    <message>
        <source>a compelled request rests on a document: its kind, issuer and number are needed</source>
        <translation>una petición obligatoria se apoya en un documento: hacen falta su clase, quién lo emitió y su número</translation>
    </message>
    <message>
        <source>the portal is named by its host only: a link may be secret, and this leaves with the package</source>
        <translation>del portal se nombra solo el servidor: un enlace puede ser secreto, y esto sale con el paquete</translation>
    </message>
    <message>
        <source>the document&apos;s SHA-256 is not 64 hexadecimal digits</source>
        <translation>el SHA-256 del documento no tiene 64 cifras hexadecimales</translation>
    </message>
    <message>
        <source>an exception from onward sharing is not known</source>
        <translation>no se conoce una de las excepciones a no cederlo a otros</translation>
    </message>
    <message>
        <source>no case number and no investigation code were given</source>
        <translation>no se dio ni número de caso ni código de investigación</translation>
    </message>
    <message>
        <source>no contact for questions was given</source>
        <translation>no se dio ningún contacto para preguntas</translation>
    </message>
    <message>
        <source>it is not said where the contact came from; a number from the agency&apos;s own page is safer than one from the message</source>
        <translation>no se dice de dónde salió el contacto; un número de la propia página de la entidad es más seguro que uno del mensaje</translation>
    </message>
    <message>
        <source>no officer is named</source>
        <translation>no se nombra a ningún agente</translation>
    </message>
    <message>
        <source>no badge number of the officer is given</source>
        <translation>no se da el número de placa del agente</translation>
    </message>
    <message>
        <source>who asks was not checked; calling back on a published number would</source>
        <translation>no se comprobó quién pide; llamar a un número publicado lo haría</translation>
    </message>
    <message>
        <source>it is not said how the request was received</source>
        <translation>no se dice cómo se recibió la petición</translation>
    </message>
    <message>
        <source>no purpose was given</source>
        <translation>no se dio ningún fin</translation>
    </message>
    <message>
        <source>no place or area was given</source>
        <translation>no se dio ningún lugar ni zona</translation>
    </message>
    <message>
        <source>the country or state where the camera stands is not given</source>
        <translation>no se da el país o estado donde está la cámara</translation>
    </message>
    <message>
        <source>no copy of the document is on record; keep one and name it</source>
        <translation>no consta ninguna copia del documento; guarde una e indíquela</translation>
    </message>
    <message>
        <source>the time window is longer than 12 hours: asking for a narrower one is usual</source>
        <translation>el intervalo de tiempo pasa de 12 horas: lo usual es pedir uno más corto</translation>
    </message>
    <message>
        <source>the clocks were changed in that time: a time asked for exists twice or not at all. Say which is meant</source>
        <translation>en ese tiempo se cambió la hora: una hora pedida existe dos veces o ninguna. Diga cuál se quiere decir</translation>
    </message>
    <message>
        <source>the time window begins after the request was received</source>
        <translation>el intervalo de tiempo empieza después de recibirse la petición</translation>
    </message>
    <message>
        <source>the request is called voluntary and reads as if it were compelled (it speaks of a warrant, subpoena, order or duty); ask for the document and look at it</source>
        <translation>la petición se llama voluntaria y se lee como si fuera obligatoria (habla de una orden, una citación o un deber); pida el documento y mírelo</translation>
    </message>
    <message>
        <source>the footage would have to be deleted before the request was received</source>
        <translation>habría que borrar las grabaciones antes de recibirse la petición</translation>
    </message>
    <message>
        <source>Type your name first: it is your decision.</source>
        <translation>Escriba primero su nombre: es su decisión.</translation>
    </message>
    <message>
        <source>Choose the clips that leave first.</source>
        <translation>Elija primero los clips que salen.</translation>
    </message>
    <message>
        <source>The request is not complete yet. The list says what is missing.</source>
        <translation>La petición aún no está completa. La lista dice qué falta.</translation>
    </message>
    <message>
        <source>A request to keep footage makes no package.</source>
        <translation>Una petición de conservar grabaciones no hace ningún paquete.</translation>
    </message>
    <message>
        <source>A clip is not reviewed. Review it first, or say why it was not.</source>
        <translation>Un clip no está revisado. Revíselo antes o diga por qué no se revisó.</translation>
    </message>
    <message>
        <source>The check of the finished clip found somebody whom nothing covers. Settle that in Review first.</source>
        <translation>La comprobación del clip terminado encontró a alguien a quien nada tapa. Resuélvalo antes en Revisar.</translation>
    </message>
    <message>
        <source>The finished clip did not pass its check, so nothing was made of it.</source>
        <translation>El clip terminado no pasó su comprobación, así que no se hizo nada con él.</translation>
    </message>
    <message>
        <source>The finished clip could not be checked, so nothing was made of it.</source>
        <translation>El clip terminado no se pudo comprobar, así que no se hizo nada con él.</translation>
    </message>
    <message>
        <source>The record does not fit its schema, so nothing was signed.</source>
        <translation>El registro no se ajusta a su esquema, así que no se firmó nada.</translation>
    </message>
    <message>
        <source>A file changed while the package was made. Nothing was signed.</source>
        <translation>Un archivo cambió mientras se hacía el paquete. No se firmó nada.</translation>
    </message>
    <message>
        <source>Your key needs its passphrase.</source>
        <translation>Su clave necesita su frase de paso.</translation>
    </message>
    <message>
        <source>That passphrase is not the right one.</source>
        <translation>Esa frase de paso no es la correcta.</translation>
    </message>
    <message>
        <source>There is no such key here.</source>
        <translation>Aquí no hay tal clave.</translation>
    </message>
    <message>
        <source>The stored key is damaged. A backup brings it back.</source>
        <translation>La clave guardada está dañada. Una copia de seguridad la recupera.</translation>
    </message>
    <message>
        <source>The system&apos;s password store cannot be used.</source>
        <translation>No se puede usar el almacén de contraseñas del sistema.</translation>
    </message>
    <message>
        <source>That file is no backup of Doorveil.</source>
        <translation>Ese archivo no es una copia de seguridad de Doorveil.</translation>
    </message>
    <message>
        <source>The backup is damaged or comes from a newer Doorveil.</source>
        <translation>La copia de seguridad está dañada o viene de un Doorveil más nuevo.</translation>
    </message>
    <message>
        <source>The ledger in the backup is another one than the one here. Nothing was changed.</source>
        <translation>El libro de la copia de seguridad es otro que el de aquí. No se cambió nada.</translation>
    </message>
    <message>
        <source>The ledger was changed by something else than Doorveil, or is damaged.</source>
        <translation>Algo que no es Doorveil cambió el libro, o está dañado.</translation>
    </message>
    <message>
        <source>The ledger has no such entry.</source>
        <translation>El libro no tiene tal anotación.</translation>
    </message>
    <message>
        <source>The ledger knows no such package.</source>
        <translation>El libro no conoce tal paquete.</translation>
    </message>
    <message>
        <source>That permission was withdrawn already.</source>
        <translation>Ese permiso ya se retiró.</translation>
    </message>
    <message>
        <source>That was a disclosure under legal process: there is no permission to withdraw.</source>
        <translation>Eso fue una entrega por orden legal: no hay permiso que retirar.</translation>
    </message>
    <message>
        <source>There is something of that name already.</source>
        <translation>Ya hay algo con ese nombre.</translation>
    </message>
    <message>
        <source>It cannot be written there.</source>
        <translation>Ahí no se puede escribir.</translation>
    </message>
    <message>
        <source>Another Doorveil is working on this at the moment.</source>
        <translation>Otro Doorveil está trabajando en esto en este momento.</translation>
    </message>
    <message>
        <source>The file cannot be understood.</source>
        <translation>El archivo no se entiende.</translation>
    </message>
    <message>
        <source>A file is missing.</source>
        <translation>Falta un archivo.</translation>
    </message>
    <message>
        <source>The project is open in another window.</source>
        <translation>El proyecto está abierto en otra ventana.</translation>
    </message>
    <message>
        <source>The project&apos;s file is damaged.</source>
        <translation>El archivo del proyecto está dañado.</translation>
    </message>
    <message>
        <source>The project&apos;s log is damaged or was changed by something else than Doorveil.</source>
        <translation>El historial del proyecto está dañado o lo cambió algo que no es Doorveil.</translation>
    </message>
    <message>
        <source>The project holds your edits and is not replaced.</source>
        <translation>El proyecto contiene sus cambios y no se sustituye.</translation>
    </message>
    <message>
        <source>The project&apos;s file cannot be written.</source>
        <translation>No se puede escribir el archivo del proyecto.</translation>
    </message>
    <message>
        <source>The clip is not the file any more that was looked through.</source>
        <translation>El clip ya no es el archivo que se examinó.</translation>
    </message>
    <message>
        <source>The clip is not the file that was looked through.</source>
        <translation>El clip no es el archivo que se examinó.</translation>
    </message>
    <message>
        <source>The finished clip was changed meanwhile.</source>
        <translation>El clip terminado se cambió entretanto.</translation>
    </message>
    <message>
        <source>Clips cannot be opened: this system does not let Doorveil lock its decoder up.</source>
        <translation>No se pueden abrir clips: este sistema no deja que Doorveil aísle su decodificador.</translation>
    </message>
    <message>
        <source>The clip could not be read any further: its decoder stood still and was ended.</source>
        <translation>El clip no se pudo seguir leyendo: su decodificador se detuvo y se terminó.</translation>
    </message>
    <message>
        <source>The clip made its decoder misbehave, which was ended. It may be damaged.</source>
        <translation>El clip hizo que su decodificador se comportara mal y este se terminó. Puede estar dañado.</translation>
    </message>
    <message>
        <source>Looking for people and plates failed.</source>
        <translation>Falló la búsqueda de personas y matrículas.</translation>
    </message>
    <message>
        <source>There is no detector that can be used.</source>
        <translation>No hay ningún detector que se pueda usar.</translation>
    </message>
    <message>
        <source>A detection model cannot be used.</source>
        <translation>No se puede usar un modelo de detección.</translation>
    </message>
    <message>
        <source>That cannot be done as it stands.</source>
        <translation>Así como está, eso no se puede hacer.</translation>
    </message>
    <message>
        <source>The file cannot be opened, or no picture of it can be read.</source>
        <translation>El archivo no se puede abrir o no se puede leer ninguna imagen de él.</translation>
    </message>
    <message>
        <source>A check failed.</source>
        <translation>Falló una comprobación.</translation>
    </message>
    <message>
        <source>Somebody has to look at it first.</source>
        <translation>Antes tiene que mirarlo alguien.</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>Se detuvo.</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>Eso no funcionó.</translation>
    </message>
    <message>
        <source>The clip of this project was not looked through yet.</source>
        <translation>El clip de este proyecto está todavía sin analizar.</translation>
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
    <name>doorveil::ui::EntryText</name>
    <message>
        <source>Who asked or received</source>
        <translation>Quién pidió o recibió</translation>
    </message>
    <message>
        <source>What was received</source>
        <translation>Qué se recibió</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>Número de caso</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisión</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>Entregado por</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>A quién</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Signed record</source>
        <translation>Registro firmado</translation>
    </message>
    <message>
        <source>Officer or person</source>
        <translation>Agente o persona</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contacto</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibida</translation>
    </message>
    <message>
        <source>Received how</source>
        <translation>Cómo se recibió</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Zona</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::FrameSaver</name>
    <message>
        <source>%1: the picture could not be made (%2)</source>
        <translation>%1: no se pudo crear la imagen (%2)</translation>
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
    <name>doorveil::ui::KeysDialog</name>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Copiar la huella</translation>
    </message>
    <message>
        <source>Save the public key…</source>
        <translation>Guardar la clave pública…</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Hacer copia…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Recuperar…</translation>
    </message>
    <message>
        <source>Make a new key…</source>
        <translation>Hacer una clave nueva…</translation>
    </message>
    <message>
        <source>Your key</source>
        <translation>Su clave</translation>
    </message>
    <message>
        <source>Fingerprint of your key</source>
        <translation>Huella de su clave</translation>
    </message>
    <message>
        <source>Save the public key</source>
        <translation>Guardar la clave pública</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Copia de seguridad</translation>
    </message>
    <message>
        <source>Key and ledger in one file, sealed with a passphrase. Keep it somewhere else: with this computer the key would be lost, and with it the proof that packages are yours.</source>
        <translation>Clave y libro en un solo archivo, sellado con una frase de paso. Guárdelo en otro sitio: con este ordenador se perdería la clave y, con ella, la prueba de que los paquetes son suyos.</translation>
    </message>
    <message>
        <source>Back up key and ledger</source>
        <translation>Copia de la clave y del libro</translation>
    </message>
    <message>
        <source>Restore key and ledger</source>
        <translation>Recuperar la clave y el libro</translation>
    </message>
    <message>
        <source>Another key</source>
        <translation>Otra clave</translation>
    </message>
    <message>
        <source>A new key signs from then on. What the former one signed can still be checked. Tell recipients the new fingerprint.</source>
        <translation>Desde entonces firma la clave nueva. Lo que firmó la anterior se puede seguir comprobando. Diga la huella nueva a quienes reciben.</translation>
    </message>
    <message>
        <source>Make a key…</source>
        <translation>Hacer una clave…</translation>
    </message>
    <message>
        <source>Made on %1. The system&apos;s password store opens it.</source>
        <translation>Hecha el %1. La abre el almacén de contraseñas del sistema.</translation>
    </message>
    <message>
        <source>Made on %1. Your passphrase opens it.</source>
        <translation>Hecha el %1. La abre su frase de paso.</translation>
    </message>
    <message>
        <source>There is no key yet. The first package makes one.</source>
        <translation>Aún no hay clave. El primer paquete hace una.</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, hasta el %2</translation>
    </message>
    <message>
        <source>Former keys: %1</source>
        <translation>Claves anteriores: %1</translation>
    </message>
    <message>
        <source>The public key is in %1.</source>
        <translation>La clave pública está en %1.</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Hacer copia</translation>
    </message>
    <message>
        <source>The backup has a passphrase of its own. Without it nobody can open the file, and that includes you.</source>
        <translation>La copia tiene su propia frase de paso. Sin ella nadie puede abrir el archivo, tampoco usted.</translation>
    </message>
    <message>
        <source>Passphrase of your key</source>
        <translation>Frase de paso de su clave</translation>
    </message>
    <message>
        <source>A passphrase for the backup</source>
        <translation>Una frase de paso para la copia</translation>
    </message>
    <message>
        <source>Keys: %1, entries of the ledger: %2. They are sealed in %3.</source>
        <translation>Claves: %1, anotaciones del libro: %2. Están selladas en %3.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>What is missing here is added; nothing that is here is replaced. Restored keys are sealed with the passphrase that you choose now.</source>
        <translation>Se añade lo que aquí falta; no se sustituye nada de lo que hay. Las claves recuperadas se sellan con la frase de paso que elija ahora.</translation>
    </message>
    <message>
        <source>Passphrase of the backup</source>
        <translation>Frase de paso de la copia</translation>
    </message>
    <message>
        <source>A passphrase for the keys</source>
        <translation>Una frase de paso para las claves</translation>
    </message>
    <message>
        <source>Added: %1 keys, %2 entries of the ledger.</source>
        <translation>Añadido: %1 claves, %2 anotaciones del libro.</translation>
    </message>
    <message>
        <source>A new key</source>
        <translation>Una clave nueva</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>Hacer la clave</translation>
    </message>
    <message>
        <source>Let the system&apos;s password store keep its passphrase</source>
        <translation>Que el almacén de contraseñas del sistema guarde su frase de paso</translation>
    </message>
    <message>
        <source>A passphrase for the key</source>
        <translation>Una frase de paso para la clave</translation>
    </message>
    <message>
        <source>The key %1 signs from now on. Back it up.</source>
        <translation>La clave %1 firma desde ahora. Haga una copia de seguridad.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::LedgerPlace</name>
    <message>
        <source>Ledger</source>
        <translation>Libro</translation>
    </message>
    <message>
        <source>&amp;Ledger</source>
        <translation>&amp;Libro</translation>
    </message>
    <message>
        <source>The ledger is empty</source>
        <translation>El libro está vacío</translation>
    </message>
    <message>
        <source>What was asked for, what you decided and what you handed over is noted here, on this machine only.</source>
        <translation>Aquí se anota lo que se pidió, lo que usted decidió y lo que entregó, solo en este equipo.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Kind of entry</source>
        <translation>Tipo de anotación</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>todo</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>peticiones</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>rechazadas</translation>
    </message>
    <message>
        <source>packages</source>
        <translation>paquetes</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>entregas</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>respuestas</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>retiradas</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>notas</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.º</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Anotación</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Entries of the ledger</source>
        <translation>Anotaciones del libro</translation>
    </message>
    <message>
        <source>What the entry says</source>
        <translation>Lo que dice la anotación</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>Writes the ledger as CSV or HTML</source>
        <translation>Escribe el libro como CSV o HTML</translation>
    </message>
    <message>
        <source>&amp;Withdraw…</source>
        <translation>&amp;Retirar…</translation>
    </message>
    <message>
        <source>Takes the permission of a package back for future use</source>
        <translation>Retira el permiso de un paquete para el uso futuro</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>&amp;Nota…</translation>
    </message>
    <message>
        <source>Adds a note or the recipient&apos;s answer</source>
        <translation>Añade una nota o la respuesta de quien recibió</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>Retirar…</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Nota…</translation>
    </message>
    <message>
        <source>%1 (by %2)</source>
        <translation>%1 (hasta %2)</translation>
    </message>
    <message>
        <source>These were asked to delete what they got, and the day has passed: %1. Ask them, and note the answer.</source>
        <translation>Se les pidió borrar lo que recibieron y el día ha pasado: %1. Pregúnteles y anote la respuesta.</translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n vencido</numerusform>
            <numerusform>%n vencidos</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose an entry.</source>
        <translation>Elija una anotación.</translation>
    </message>
    <message>
        <source>Export the ledger</source>
        <translation>Exportar el libro</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Hoja de cálculo (*.csv)</translation>
    </message>
    <message>
        <source>Page (*.html)</source>
        <translation>Página (*.html)</translation>
    </message>
    <message>
        <source>Note in the ledger</source>
        <translation>Anotar en el libro</translation>
    </message>
    <message>
        <source>A note</source>
        <translation>Una nota</translation>
    </message>
    <message>
        <source>The recipient&apos;s answer</source>
        <translation>La respuesta de quien recibió</translation>
    </message>
    <message>
        <source>It was handed over</source>
        <translation>Se entregó</translation>
    </message>
    <message>
        <source>What is noted</source>
        <translation>Lo que se anota</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>Anotar</translation>
    </message>
    <message>
        <source>No file manager answered. The record is in %1.</source>
        <translation>Ningún gestor de archivos respondió. El registro está en %1.</translation>
    </message>
    <message>
        <source>Your key…</source>
        <translation>Su clave…</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>petición</translation>
    </message>
    <message>
        <source>package</source>
        <translation>paquete</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>respuesta</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>Your &amp;key…</source>
        <translation>Su &amp;clave…</translation>
    </message>
    <message>
        <source>Fingerprint, backup, a new key</source>
        <translation>Huella, copia de seguridad, una clave nueva</translation>
    </message>
    <message>
        <source>asked to delete by %1</source>
        <translation>se pidió borrarlo antes del %1</translation>
    </message>
    <message>
        <source>The withdrawal is noted as entry %1. Tell the recipient.</source>
        <translation>La retirada está anotada con el número %1. Avise a quien recibió.</translation>
    </message>
    <message>
        <source>The withdrawal is noted as entry %1. The signed record for the recipient is in %2.</source>
        <translation>La retirada está anotada con el número %1. El registro firmado para quien recibió está en %2.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Abrir la carpeta</translation>
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
    <name>doorveil::ui::PassphraseFields</name>
    <message>
        <source>The same again</source>
        <translation>La misma otra vez</translation>
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
    <name>doorveil::ui::PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>%1 (shown)</source>
        <translation>%1 (se muestra)</translation>
    </message>
    <message>
        <source>%1 (not covered: a mistake)</source>
        <translation>%1 (sin tapar: un error)</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Drag over a head or a plate. Esc: stop drawing</source>
        <translation>Arrastre sobre una cabeza o una matrícula. Esc: dejar de dibujar</translation>
    </message>
    <message>
        <source>Click the corners of the zone; double click or Enter closes it. Esc: stop</source>
        <translation>Marque las esquinas de la zona; doble clic o Intro la cierra. Esc: dejarlo</translation>
    </message>
    <message>
        <source>Original: people are visible</source>
        <translation>Original: se ve a las personas</translation>
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
    <message>
        <source> d</source>
        <comment>days</comment>
        <translation> d</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Días</translation>
    </message>
    <message>
        <source>The record that goes with the copy will say that the time is not known.</source>
        <translation>El documento que acompaña a la copia dirá que no se conoce la hora.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::RequestForm</name>
    <message>
        <source>What was received</source>
        <translation>Qué se recibió</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Who asks</source>
        <translation>Quién pide</translation>
    </message>
    <message>
        <source>Agency, company or person</source>
        <translation>Organismo, empresa o persona</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unidad</translation>
    </message>
    <message>
        <source>Badge number</source>
        <translation>Número de placa</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contacto</translation>
    </message>
    <message>
        <source>Telephone or e-mail</source>
        <translation>Teléfono o correo</translation>
    </message>
    <message>
        <source>Contact from</source>
        <translation>Origen del contacto</translation>
    </message>
    <message>
        <source>The agency&apos;s own page, the message …</source>
        <translation>La página del organismo, el mensaje…</translation>
    </message>
    <message>
        <source>Identity checked</source>
        <translation>Identidad comprobada</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>Número de caso</translation>
    </message>
    <message>
        <source>Investigation code</source>
        <translation>Código de investigación</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibida</translation>
    </message>
    <message>
        <source>At the door, by e-mail …</source>
        <translation>En la puerta, por correo…</translation>
    </message>
    <message>
        <source>Time asked for, from</source>
        <translation>Tiempo pedido, desde</translation>
    </message>
    <message>
        <source>to</source>
        <translation>hasta</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zona horaria</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Finalidad</translation>
    </message>
    <message>
        <source>You share as</source>
        <translation>Comparte como</translation>
    </message>
    <message>
        <source>Country or state</source>
        <translation>País o estado</translation>
    </message>
    <message>
        <source>US, US-NY, ES …</source>
        <translation>US, US-NY, ES…</translation>
    </message>
    <message>
        <source>Your contact</source>
        <translation>Su contacto</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>Puede quedar vacío</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Search warrant, subpoena …</source>
        <translation>Orden de registro, citación…</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Emitido por</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>SHA-256 of your copy</source>
        <translation>SHA-256 de su copia</translation>
    </message>
    <message>
        <source>Your copy stays with you; only its SHA-256 goes into the record</source>
        <translation>Su copia se queda con usted; al registro solo va su SHA-256</translation>
    </message>
    <message>
        <source>Choose your copy…</source>
        <translation>Elegir su copia…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Your copy of the document</source>
        <translation>Su copia del documento</translation>
    </message>
    <message>
        <source>except to:</source>
        <translation>salvo a:</translation>
    </message>
    <message>
        <source>by the end of</source>
        <translation>antes del final de</translation>
    </message>
    <message>
        <source>Please delete by the end of</source>
        <translation>Se pide borrar antes del final de</translation>
    </message>
    <message>
        <source>Please delete</source>
        <translation>Se pide borrar</translation>
    </message>
    <message>
        <source>or after</source>
        <translation>o después de</translation>
    </message>
    <message>
        <source>The case is closed …</source>
        <translation>El caso se cierre…</translation>
    </message>
    <message>
        <source>Place of storage</source>
        <translation>Lugar de almacenamiento</translation>
    </message>
    <message>
        <source>May be newly relied on until</source>
        <translation>Se puede empezar a usar hasta</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>Entrega por</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portal</translation>
    </message>
    <message>
        <source>Host name only, never a link</source>
        <translation>Solo el nombre del servidor, nunca un enlace</translation>
    </message>
    <message>
        <source>A preservation request asks to keep footage, not to hand it over: no package is made. Keep the original; camera services delete after some weeks.</source>
        <translation>Una petición de conservación pide guardar las grabaciones, no entregarlas: no se hace paquete. Guarde el original; los servicios de cámaras borran pasadas unas semanas.</translation>
    </message>
    <message>
        <source>An emergency request says that somebody is in danger of death or serious injury and that there is no time for a court. It is not a court&apos;s order: whether to share is your decision. Asking for the agency, the officer, a call-back number and the danger in writing is fine.</source>
        <translation>Una petición de emergencia dice que alguien corre peligro de muerte o de lesiones graves y que no hay tiempo para un juzgado. No es una orden judicial: compartir es decisión suya. Puede pedir por escrito el organismo, el agente, un número al que llamar y cuál es el peligro.</translation>
    </message>
    <message>
        <source>Legal process may bind you. Doorveil records a disclosure, not a consent, and your conditions are wishes that may not apply. A lawyer can tell what the document asks.</source>
        <translation>Un requerimiento legal puede obligarle. Doorveil deja constancia de una entrega, no de un consentimiento, y sus condiciones son deseos que quizá no se apliquen. Un abogado puede decirle qué pide el documento.</translation>
    </message>
    <message>
        <source>Sharing is up to you. You may share, share in part, ask for the request in writing, take time, or decline; a decline stays on this machine.</source>
        <translation>Compartir depende de usted. Puede compartir, compartir en parte, pedir la petición por escrito, tomarse tiempo o no compartir; una negativa se queda en este equipo.</translation>
    </message>
    <message>
        <source>Wishes: they may not apply to a disclosure under legal process.</source>
        <translation>Deseos: quizá no se apliquen a una entrega por requerimiento legal.</translation>
    </message>
    <message>
        <source>What you ask of the recipient. Whether and how it binds them is for the law to say.</source>
        <translation>Lo que usted pide a quien recibe. Si le obliga, y cómo, lo dice la ley.</translation>
    </message>
    <message>
        <source>They are</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Officer or person</source>
        <translation>Agente o persona</translation>
    </message>
    <message>
        <source>Received how</source>
        <translation>Cómo se recibió</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewActions</name>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Reproducir o pausar</translation>
    </message>
    <message>
        <source>&amp;Slower, then backwards</source>
        <translation>&amp;Más despacio, luego hacia atrás</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>Más &amp;rápido</translation>
    </message>
    <message>
        <source>&amp;Half speed</source>
        <translation>A &amp;media velocidad</translation>
    </message>
    <message>
        <source>One frame &amp;back</source>
        <translation>Un fotograma &amp;atrás</translation>
    </message>
    <message>
        <source>One frame f&amp;orward</source>
        <translation>Un fotograma a&amp;delante</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>Un segundo atrás</translation>
    </message>
    <message>
        <source>One second forward</source>
        <translation>Un segundo adelante</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Primer fotograma</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Último fotograma</translation>
    </message>
    <message>
        <source>Previous change of the cover</source>
        <translation>Cambio anterior de la cubierta</translation>
    </message>
    <message>
        <source>To where the chosen cover begins, changes or was set by hand before</source>
        <translation>A donde la cubierta elegida empieza, cambia o se fijó a mano antes</translation>
    </message>
    <message>
        <source>Next change of the cover</source>
        <translation>Cambio siguiente de la cubierta</translation>
    </message>
    <message>
        <source>To where the chosen cover begins, changes or was set by hand next</source>
        <translation>A donde la cubierta elegida empieza, cambia o se fijó a mano después</translation>
    </message>
    <message>
        <source>&amp;Repeat the chosen stretch</source>
        <translation>Re&amp;petir el tramo elegido</translation>
    </message>
    <message>
        <source>Play the stretch chosen in the timeline over and over</source>
        <translation>Reproducir una y otra vez el tramo elegido en la línea de tiempo</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>&amp;Escuchar</translation>
    </message>
    <message>
        <source>Hear the clip while it plays</source>
        <translation>Oír el clip mientras se reproduce</translation>
    </message>
    <message>
        <source>&amp;Covered</source>
        <translation>&amp;Tapado</translation>
    </message>
    <message>
        <source>As the copy will look</source>
        <translation>Como se verá la copia</translation>
    </message>
    <message>
        <source>&amp;Outlines</source>
        <translation>&amp;Contornos</translation>
    </message>
    <message>
        <source>As the copy will look, with every cover outlined</source>
        <translation>Como se verá la copia, con el contorno de cada cubierta</translation>
    </message>
    <message>
        <source>Ori&amp;ginal</source>
        <translation>Ori&amp;ginal</translation>
    </message>
    <message>
        <source>As it was filmed: people are visible</source>
        <translation>Como se grabó: se ve a las personas</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>A&amp;cercar</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>A&amp;lejar</translation>
    </message>
    <message>
        <source>&amp;Whole picture</source>
        <translation>&amp;Imagen completa</translation>
    </message>
    <message>
        <source>&amp;Every pixel</source>
        <translation>&amp;Cada píxel</translation>
    </message>
    <message>
        <source>One picture pixel a screen pixel</source>
        <translation>Un píxel de la imagen por píxel de pantalla</translation>
    </message>
    <message>
        <source>Stretch the timeline</source>
        <translation>Estirar la línea de tiempo</translation>
    </message>
    <message>
        <source>Shrink the timeline</source>
        <translation>Encoger la línea de tiempo</translation>
    </message>
    <message>
        <source>Whole clip in the timeline</source>
        <translation>Todo el clip en la línea de tiempo</translation>
    </message>
    <message>
        <source>&amp;Show…</source>
        <translation>&amp;Mostrar…</translation>
    </message>
    <message>
        <source>Show or cover the chosen person or plate</source>
        <translation>Mostrar o tapar la persona o matrícula elegida</translation>
    </message>
    <message>
        <source>Cover everyone &amp;except…</source>
        <translation>Tapar a todos &amp;excepto…</translation>
    </message>
    <message>
        <source>Show the chosen one and cover everybody else</source>
        <translation>Mostrar lo elegido y tapar a todos los demás</translation>
    </message>
    <message>
        <source>&amp;Not a person or plate</source>
        <translation>&amp;No es persona ni matrícula</translation>
    </message>
    <message>
        <source>A mistake of the search: nothing needs covering here</source>
        <translation>Un error de la búsqueda: aquí no hay nada que tapar</translation>
    </message>
    <message>
        <source>Na&amp;me…</source>
        <translation>No&amp;mbre…</translation>
    </message>
    <message>
        <source>Give the chosen one a name of your own</source>
        <translation>Dar un nombre propio a lo elegido</translation>
    </message>
    <message>
        <source>Same person: &amp;merge</source>
        <translation>Misma persona: &amp;unir</translation>
    </message>
    <message>
        <source>The chosen entries are one person or car</source>
        <translation>Las entradas elegidas son una sola persona o coche</translation>
    </message>
    <message>
        <source>This is a face</source>
        <translation>Esto es una cara</translation>
    </message>
    <message>
        <source>This is a head</source>
        <translation>Esto es una cabeza</translation>
    </message>
    <message>
        <source>This is a whole person</source>
        <translation>Esto es una persona entera</translation>
    </message>
    <message>
        <source>This is a licence plate</source>
        <translation>Esto es una matrícula</translation>
    </message>
    <message>
        <source>This is another area</source>
        <translation>Esto es otra área</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;Draw a cover</source>
        <translation>Di&amp;bujar una cubierta</translation>
    </message>
    <message>
        <source>Drag over a head or plate; it is then followed</source>
        <translation>Arrastre sobre una cabeza o matrícula; después se sigue sola</translation>
    </message>
    <message>
        <source>Cover it &amp;here too</source>
        <translation>Tapar &amp;aquí también</translation>
    </message>
    <message>
        <source>Add the chosen cover to this frame; move it with the mouse</source>
        <translation>Añadir la cubierta elegida a este fotograma; muévala con el ratón</translation>
    </message>
    <message>
        <source>&amp;Follow forwards</source>
        <translation>&amp;Seguir hacia delante</translation>
    </message>
    <message>
        <source>Follow the chosen cover from here on</source>
        <translation>Seguir la cubierta elegida desde aquí</translation>
    </message>
    <message>
        <source>Follow &amp;backwards</source>
        <translation>Seguir hacia a&amp;trás</translation>
    </message>
    <message>
        <source>Follow the chosen cover back from here</source>
        <translation>Seguir la cubierta elegida desde aquí hacia atrás</translation>
    </message>
    <message>
        <source>Remove in this frame</source>
        <translation>Quitar en este fotograma</translation>
    </message>
    <message>
        <source>Remove the chosen cover or zone from this frame only</source>
        <translation>Quitar la cubierta o zona elegida solo de este fotograma</translation>
    </message>
    <message>
        <source>Remove altogether</source>
        <translation>Quitar del todo</translation>
    </message>
    <message>
        <source>Remove the chosen cover from the clip</source>
        <translation>Quitar la cubierta elegida del clip</translation>
    </message>
    <message>
        <source>&amp;Split here</source>
        <translation>Di&amp;vidir aquí</translation>
    </message>
    <message>
        <source>From this frame on it is somebody else</source>
        <translation>Desde este fotograma es otra persona</translation>
    </message>
    <message>
        <source>Cover from the beginning</source>
        <translation>Tapar desde el principio</translation>
    </message>
    <message>
        <source>Hold the first box of the chosen cover back to the clip&apos;s beginning</source>
        <translation>Mantener la primera posición de la cubierta elegida hasta el principio del clip</translation>
    </message>
    <message>
        <source>Cover to the end</source>
        <translation>Tapar hasta el final</translation>
    </message>
    <message>
        <source>Hold the last box of the chosen cover to the clip&apos;s end</source>
        <translation>Mantener la última posición de la cubierta elegida hasta el final del clip</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Mover a la izquierda</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Mover a la derecha</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Mover hacia arriba</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Mover hacia abajo</translation>
    </message>
    <message>
        <source>Narrower</source>
        <translation>Más estrecha</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Más ancha</translation>
    </message>
    <message>
        <source>Less high</source>
        <translation>Menos alta</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>Más alta</translation>
    </message>
    <message>
        <source>Draw a &amp;zone</source>
        <translation>Dibujar una &amp;zona</translation>
    </message>
    <message>
        <source>An area that is always covered: a window, a house number</source>
        <translation>Un área siempre tapada: una ventana, un número de casa</translation>
    </message>
    <message>
        <source>Limit the zone to the chosen stretch</source>
        <translation>Limitar la zona al tramo elegido</translation>
    </message>
    <message>
        <source>Keep these zones for this camera</source>
        <translation>Guardar estas zonas para esta cámara</translation>
    </message>
    <message>
        <source>Use the zones of this camera</source>
        <translation>Usar las zonas de esta cámara</translation>
    </message>
    <message>
        <source>&amp;Mute or unmute the chosen stretch</source>
        <translation>&amp;Silenciar o no el tramo elegido</translation>
    </message>
    <message>
        <source>Without a stretch: from here, and again to here</source>
        <translation>Sin tramo: desde aquí y, otra vez, hasta aquí</translation>
    </message>
    <message>
        <source>&amp;Keep the sound in the copy</source>
        <translation>&amp;Conservar el sonido en la copia</translation>
    </message>
    <message>
        <source>Keep from &amp;here</source>
        <translation>Conservar desde a&amp;quí</translation>
    </message>
    <message>
        <source>What is before this frame is left out</source>
        <translation>Lo anterior a este fotograma se omite</translation>
    </message>
    <message>
        <source>Keep &amp;to here</source>
        <translation>Conservar &amp;hasta aquí</translation>
    </message>
    <message>
        <source>What is after this frame is left out</source>
        <translation>Lo posterior a este fotograma se omite</translation>
    </message>
    <message>
        <source>Keep the whole clip</source>
        <translation>Conservar todo el clip</translation>
    </message>
    <message>
        <source>Recorded &amp;time…</source>
        <translation>Hora de &amp;grabación…</translation>
    </message>
    <message>
        <source>When this clip was recorded</source>
        <translation>Cuándo se grabó este clip</translation>
    </message>
    <message>
        <source>Cover by &amp;blur</source>
        <translation>Tapar con &amp;desenfoque</translation>
    </message>
    <message>
        <source>Cover by a &amp;grey area</source>
        <translation>Tapar con un área g&amp;ris</translation>
    </message>
    <message>
        <source>Cover by &amp;mosaic</source>
        <translation>Tapar con &amp;mosaico</translation>
    </message>
    <message>
        <source>Cover the &amp;face only</source>
        <translation>Tapar solo la c&amp;ara</translation>
    </message>
    <message>
        <source>Cover the whole &amp;head</source>
        <translation>Tapar toda la ca&amp;beza</translation>
    </message>
    <message>
        <source>Cover the whole &amp;person</source>
        <translation>Tapar a toda la &amp;persona</translation>
    </message>
    <message>
        <source>&amp;Next thing to check</source>
        <translation>&amp;Siguiente por revisar</translation>
    </message>
    <message>
        <source>&amp;Previous thing to check</source>
        <translation>&amp;Anterior por revisar</translation>
    </message>
    <message>
        <source>&amp;Looks right</source>
        <translation>&amp;Está bien</translation>
    </message>
    <message>
        <source>This is covered as it should be</source>
        <translation>Esto está tapado como debe</translation>
    </message>
    <message>
        <source>&amp;Cover</source>
        <translation>&amp;Tapar</translation>
    </message>
    <message>
        <source>Cover this, and settle it</source>
        <translation>Tapar esto y darlo por resuelto</translation>
    </message>
    <message>
        <source>&amp;Watch what is left</source>
        <translation>&amp;Ver lo que queda</translation>
    </message>
    <message>
        <source>Play the next part that you have not watched as covered</source>
        <translation>Reproducir la siguiente parte que no ha visto tapada</translation>
    </message>
    <message>
        <source>Mark as &amp;reviewed</source>
        <translation>Marcar como &amp;revisado</translation>
    </message>
    <message>
        <source>Save this frame as a p&amp;icture…</source>
        <translation>Guardar este fotograma como &amp;imagen…</translation>
    </message>
    <message>
        <source>With everything covered</source>
        <translation>Con todo tapado</translation>
    </message>
    <message>
        <source>&amp;Find the clip…</source>
        <translation>&amp;Buscar el clip…</translation>
    </message>
    <message>
        <source>Tell Doorveil where the clip is now</source>
        <translation>Indicar a Doorveil dónde está ahora el clip</translation>
    </message>
    <message>
        <source>Looks right (Enter)</source>
        <translation>Está bien (Intro)</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Tapar</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Mostrar…</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Watch the rest</source>
        <translation>Ver el resto</translation>
    </message>
    <message>
        <source>Draw a cover (D)</source>
        <translation>Dibujar cubierta (D)</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Show only this one… (E)</source>
        <translation>Mostrar solo a este… (E)</translation>
    </message>
    <message>
        <source>Same person: merge (G)</source>
        <translation>Misma persona: unir (G)</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Tapado</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Contornos</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personas</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Revisar</translation>
    </message>
    <message>
        <source>P&amp;lay</source>
        <translation>&amp;Reproducción</translation>
    </message>
    <message>
        <source>&amp;Clip</source>
        <translation>C&amp;lip</translation>
    </message>
    <message>
        <source>Pict&amp;ure</source>
        <translation>&amp;Imagen</translation>
    </message>
    <message>
        <source>&amp;All like this look right</source>
        <translation>Todos los &amp;iguales están bien</translation>
    </message>
    <message>
        <source>Settle everything of this kind about this person or plate</source>
        <translation>Dar por resuelto todo lo de este tipo sobre esta persona o matrícula</translation>
    </message>
    <message>
        <source>&amp;Yes, the same person</source>
        <translation>&amp;Sí, la misma persona</translation>
    </message>
    <message>
        <source>Yes to the question about two people who are dressed alike</source>
        <translation>Sí a la pregunta sobre dos personas que van vestidas igual</translation>
    </message>
    <message>
        <source>No, &amp;another person</source>
        <translation>No, &amp;otra persona</translation>
    </message>
    <message>
        <source>No to the question about two people who are dressed alike</source>
        <translation>No a la pregunta sobre dos personas que van vestidas igual</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Save where everybody is (&amp;labels)…</source>
        <translation>Guardar dónde está cada persona (&amp;etiquetas)…</translation>
    </message>
    <message>
        <source>A file for measuring how well Doorveil finds people and plates</source>
        <translation>Un archivo para medir lo bien que Doorveil encuentra personas y matrículas</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewEdits</name>
    <message>
        <source>Cover %1</source>
        <translation>Tapar a %1</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>Mostrar a %1</translation>
    </message>
    <message>
        <source>Mark %1 as a mistake</source>
        <translation>Marcar %1 como error</translation>
    </message>
    <message>
        <source>Choose somebody in the list first.</source>
        <translation>Elija primero a alguien de la lista.</translation>
    </message>
    <message>
        <source>Cover everyone except %1</source>
        <translation>Tapar a todos excepto %1</translation>
    </message>
    <message>
        <source>A cover has to be inside the picture.</source>
        <translation>Una cubierta tiene que estar dentro de la imagen.</translation>
    </message>
    <message>
        <source>Resize the cover of %1</source>
        <translation>Cambiar el tamaño de la cubierta de %1</translation>
    </message>
    <message>
        <source>Move the cover of %1</source>
        <translation>Mover la cubierta de %1</translation>
    </message>
    <message>
        <source>%1 is covered in this frame already.</source>
        <translation>%1 ya está tapado en este fotograma.</translation>
    </message>
    <message>
        <source>No frame is shown here.</source>
        <translation>Aquí no hay ningún fotograma.</translation>
    </message>
    <message>
        <source>Cover %1 here too</source>
        <translation>Tapar a %1 aquí también</translation>
    </message>
    <message>
        <source>%1 has no cover in this frame.</source>
        <translation>%1 no tiene cubierta en este fotograma.</translation>
    </message>
    <message>
        <source>This is the only frame in which %1 is covered. Shift + Delete removes the cover altogether.</source>
        <translation>Este es el único fotograma en que %1 está tapado. Mayús + Supr quita la cubierta del todo.</translation>
    </message>
    <message>
        <source>Remove the cover of %1 in this frame</source>
        <translation>Quitar la cubierta de %1 en este fotograma</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>That was too small for a cover. Drag over the whole head or plate.</source>
        <translation>Era demasiado pequeña para una cubierta. Arrastre sobre toda la cabeza o matrícula.</translation>
    </message>
    <message>
        <source>Draw a cover</source>
        <translation>Dibujar una cubierta</translation>
    </message>
    <message>
        <source>Follow %1 backwards</source>
        <translation>Seguir a %1 hacia atrás</translation>
    </message>
    <message>
        <source>Follow %1 forwards</source>
        <translation>Seguir a %1 hacia delante</translation>
    </message>
    <message>
        <source>Split %1</source>
        <translation>Dividir %1</translation>
    </message>
    <message>
        <source>%1 can only be split where it is covered before and after this frame.</source>
        <translation>%1 solo se puede dividir donde está tapado antes y después de este fotograma.</translation>
    </message>
    <message>
        <source>Choose two or more entries of the list that are the same person or car.</source>
        <translation>Elija en la lista dos o más entradas que sean la misma persona o coche.</translation>
    </message>
    <message>
        <source>Merge into %1</source>
        <translation>Unir en %1</translation>
    </message>
    <message>
        <source>A %1 and a %2 cannot be merged.</source>
        <translation>No se pueden unir: %1 y %2.</translation>
    </message>
    <message>
        <source>They are in two places of the picture at the same time, so they are not the same person or car.</source>
        <translation>Están en dos lugares de la imagen al mismo tiempo, así que no son la misma persona o coche.</translation>
    </message>
    <message>
        <source>Cover %1 from the beginning</source>
        <translation>Tapar a %1 desde el principio</translation>
    </message>
    <message>
        <source>Cover %1 to the end</source>
        <translation>Tapar a %1 hasta el final</translation>
    </message>
    <message>
        <source>%1 is covered there already.</source>
        <translation>%1 ya está tapado ahí.</translation>
    </message>
    <message>
        <source>%1 is a %2</source>
        <translation>%1 es: %2</translation>
    </message>
    <message>
        <source>Remove the name</source>
        <translation>Quitar el nombre</translation>
    </message>
    <message>
        <source>Name %1</source>
        <translation>Llamar %1</translation>
    </message>
    <message>
        <source>A zone needs at least three corners and some area.</source>
        <translation>Una zona necesita al menos tres esquinas y algo de superficie.</translation>
    </message>
    <message>
        <source>Draw a zone</source>
        <translation>Dibujar una zona</translation>
    </message>
    <message>
        <source>Limit the zone in time</source>
        <translation>Limitar la zona en el tiempo</translation>
    </message>
    <message>
        <source>Keep the zone for the whole clip</source>
        <translation>Mantener la zona en todo el clip</translation>
    </message>
    <message>
        <source>Remove the zone</source>
        <translation>Quitar la zona</translation>
    </message>
    <message>
        <source>Choose a stretch of time first.</source>
        <translation>Elija primero un tramo de tiempo.</translation>
    </message>
    <message>
        <source>Mute a stretch of sound</source>
        <translation>Silenciar un tramo</translation>
    </message>
    <message>
        <source>Let a stretch of sound be heard</source>
        <translation>Dejar oír un tramo</translation>
    </message>
    <message>
        <source>Keep the sound</source>
        <translation>Conservar el sonido</translation>
    </message>
    <message>
        <source>Leave the sound out</source>
        <translation>Omitir el sonido</translation>
    </message>
    <message>
        <source>The part to keep has to end after it begins.</source>
        <translation>La parte que se conserva tiene que acabar después de empezar.</translation>
    </message>
    <message>
        <source>Choose the part to keep</source>
        <translation>Elegir la parte que se conserva</translation>
    </message>
    <message>
        <source>Keep the whole clip</source>
        <translation>Conservar todo el clip</translation>
    </message>
    <message>
        <source>Change how covers look</source>
        <translation>Cambiar el aspecto de las cubiertas</translation>
    </message>
    <message>
        <source>Change how much is covered</source>
        <translation>Cambiar cuánto se tapa</translation>
    </message>
    <message>
        <source>Set the recorded time</source>
        <translation>Fijar la hora de grabación</translation>
    </message>
    <message>
        <source>This is no longer to be checked.</source>
        <translation>Esto ya no está por revisar.</translation>
    </message>
    <message>
        <source>Settle “%1”</source>
        <translation>Resolver «%1»</translation>
    </message>
    <message>
        <source>There is no cover here to dismiss.</source>
        <translation>Aquí no hay ninguna cubierta que descartar.</translation>
    </message>
    <message>
        <source>There is nobody here to show.</source>
        <translation>Aquí no hay nadie a quien mostrar.</translation>
    </message>
    <message>
        <source>Look at “%1” again</source>
        <translation>Volver a mirar «%1»</translation>
    </message>
    <message>
        <source>The check of the finished clip found somebody who is not covered. Settle that first.</source>
        <translation>La comprobación del clip terminado encontró a alguien sin tapar. Resuélvalo primero.</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>Marcar como revisado</translation>
    </message>
    <message>
        <source>Take back “reviewed”</source>
        <translation>Retirar «revisado»</translation>
    </message>
    <message>
        <source>This cover is no longer there.</source>
        <translation>Esta cubierta ya no existe.</translation>
    </message>
    <message>
        <source>Settle every “%1”</source>
        <translation>Resolver todos los «%1»</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ReviewNotice</name>
    <message>
        <source>Close this notice</source>
        <translation>Cerrar este aviso</translation>
    </message>
    <message>
        <source>Do what the notice offers</source>
        <translation>Hacer lo que ofrece el aviso</translation>
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
    <message>
        <source>Opening the clip…</source>
        <translation>Abriendo el clip…</translation>
    </message>
    <message>
        <source>This project could not be opened</source>
        <translation>No se pudo abrir este proyecto</translation>
    </message>
    <message>
        <source>“%1” was not saved: %2</source>
        <translation>«%1» no se guardó: %2</translation>
    </message>
    <message>
        <source>%1, body</source>
        <translation>%1, cuerpo</translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n por revisar</numerusform>
            <numerusform>%n por revisar</numerusform>
        </translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>revisado</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Deshacer: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Rehacer: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;Cover again</source>
        <translation>&amp;Tapar de nuevo</translation>
    </message>
    <message>
        <source>&amp;Show…</source>
        <translation>&amp;Mostrar…</translation>
    </message>
    <message>
        <source>Show or cover the chosen person or plate</source>
        <translation>Mostrar o tapar la persona o matrícula elegida</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Tapar</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Mostrar…</translation>
    </message>
    <message>
        <source>It is one: &amp;cover it</source>
        <translation>Sí lo es: &amp;tapar</translation>
    </message>
    <message>
        <source>&amp;Not a person or plate</source>
        <translation>&amp;No es persona ni matrícula</translation>
    </message>
    <message>
        <source>A mistake of the search: nothing needs covering here</source>
        <translation>Un error de la búsqueda: aquí no hay nada que tapar</translation>
    </message>
    <message>
        <source>No mistake</source>
        <translation>No es error</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Take back “&amp;reviewed”</source>
        <translation>Retirar «&amp;revisado»</translation>
    </message>
    <message>
        <source>Mark as &amp;reviewed</source>
        <translation>Marcar como &amp;revisado</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>the cover</source>
        <translation>la cubierta</translation>
    </message>
    <message>
        <source>The zone is covered in the whole clip. Keep it for other clips of this camera?</source>
        <translation>La zona está tapada en todo el clip. ¿Guardarla para otros clips de esta cámara?</translation>
    </message>
    <message>
        <source>Keep for this camera</source>
        <translation>Guardar para esta cámara</translation>
    </message>
    <message>
        <source>A mosaic looks familiar but is only for looks. Blur and grey areas hide for certain.</source>
        <translation>El mosaico resulta familiar, pero es solo estético. El desenfoque y las áreas grises ocultan con seguridad.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Your name for %1. It stays in this project; the record of a copy says “P1”, “P2” instead.</source>
        <translation>Su nombre para %1. Se queda en este proyecto; el documento de una copia dice «P1», «P2» en su lugar.</translation>
    </message>
    <message>
        <source>Muting from %1. Go to where the sound may be heard again and press M.</source>
        <translation>Silenciando desde %1. Vaya a donde se puede volver a oír y pulse M.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to check are open.</source>
        <translation>
            <numerusform>Queda %n cosa por revisar.</numerusform>
            <numerusform>Quedan %n cosas por revisar.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 % of the clip has not been watched as covered.</source>
        <translation>El %1 % del clip no se ha visto tapado.</translation>
    </message>
    <message>
        <source>Mark as reviewed?</source>
        <translation>¿Marcar como revisado?</translation>
    </message>
    <message>
        <source>You have not looked at everything:</source>
        <translation>No lo ha mirado todo:</translation>
    </message>
    <message>
        <source>You can mark the clip as reviewed all the same. The record that goes with the copy says what was not looked at.</source>
        <translation>Puede marcar el clip como revisado de todos modos. El documento que acompaña a la copia dice qué no se miró.</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>Marcar como revisado</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>Seguir mirando</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>%1 is not where it was (%2).</source>
        <translation>%1 no está donde estaba (%2).</translation>
    </message>
    <message>
        <source>%1 is not the file it was when it was analysed.</source>
        <translation>%1 no es el mismo archivo que cuando se analizó.</translation>
    </message>
    <message>
        <source>Your work is safe. Show Doorveil where the clip is to go on.</source>
        <translation>Su trabajo está a salvo. Indique a Doorveil dónde está el clip para continuar.</translation>
    </message>
    <message>
        <source>Find the clip…</source>
        <translation>Buscar el clip…</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>¿Dónde está ahora %1?</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>Mirando %1…</translation>
    </message>
    <message>
        <source>%1 is another file: what it holds is not the same. Nothing was changed.</source>
        <translation>%1 es otro archivo: su contenido no es el mismo. No se cambió nada.</translation>
    </message>
    <message>
        <source>Find the clip again</source>
        <translation>Reencontrar el clip</translation>
    </message>
    <message>
        <source>no sound in this clip</source>
        <translation>este clip no tiene sonido</translation>
    </message>
    <message>
        <source>sound cannot be read</source>
        <translation>no se puede leer el sonido</translation>
    </message>
    <message>
        <source>no sound output</source>
        <translation>sin salida de sonido</translation>
    </message>
    <message>
        <source>sound is left out</source>
        <translation>el sonido se omite</translation>
    </message>
    <message>
        <source>The copy will have no sound. Clip → Keep the sound changes that; the original view lets you hear it.</source>
        <translation>La copia no tendrá sonido. Clip → Conservar el sonido lo cambia; en la vista original puede oírlo.</translation>
    </message>
    <message>
        <source>sound is kept</source>
        <translation>el sonido se conserva</translation>
    </message>
    <message>
        <source>sound is kept, with muted parts</source>
        <translation>el sonido se conserva, con partes silenciadas</translation>
    </message>
    <message>
        <source>Something is being followed already.</source>
        <translation>Ya se está siguiendo algo.</translation>
    </message>
    <message>
        <source>%1 has no cover in this frame to follow.</source>
        <translation>%1 no tiene en este fotograma una cubierta que seguir.</translation>
    </message>
    <message>
        <source>Following %1</source>
        <translation>Siguiendo a %1</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 fotogramas</translation>
    </message>
    <message>
        <source>Follow %1</source>
        <translation>Seguir a %1</translation>
    </message>
    <message>
        <source>%1 could not be followed and is covered in this frame only. Go to another frame, press A and move the cover: what lies between is bridged.</source>
        <translation>No se pudo seguir a %1, que solo está tapado en este fotograma. Vaya a otro fotograma, pulse A y mueva la cubierta: lo intermedio se rellena.</translation>
    </message>
    <message numerus="yes">
        <source>%1 was followed over %n frame(s) and then lost. Please look at both ends of it in the timeline.</source>
        <translation>
            <numerusform>Se siguió a %1 durante %n fotograma y luego se perdió. Mire ambos extremos en la línea de tiempo.</numerusform>
            <numerusform>Se siguió a %1 durante %n fotogramas y luego se perdió. Mire ambos extremos en la línea de tiempo.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was followed over %n frame(s). Please watch them.</source>
        <translation>
            <numerusform>Se siguió a %1 durante %n fotograma. Mírelo.</numerusform>
            <numerusform>Se siguió a %1 durante %n fotogramas. Mírelos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save this frame as a picture</source>
        <translation>Guardar este fotograma como imagen</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>Imágenes PNG (*.png)</translation>
    </message>
    <message>
        <source>Saved as %1, with everything covered.</source>
        <translation>Guardado como %1, con todo tapado.</translation>
    </message>
    <message numerus="yes">
        <source>%n zone(s) kept. They are offered for the next clip of this camera.</source>
        <translation>
            <numerusform>%n zona guardada. Se ofrece para el próximo clip de esta cámara.</numerusform>
            <numerusform>%n zonas guardadas. Se ofrecen para el próximo clip de esta cámara.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You kept %n zone(s) for this camera. Cover them in this clip, too?</source>
        <translation>
            <numerusform>Guardó %n zona para esta cámara. ¿Taparla también en este clip?</numerusform>
            <numerusform>Guardó %n zonas para esta cámara. ¿Taparlas también en este clip?</numerusform>
        </translation>
    </message>
    <message>
        <source>Cover here, too</source>
        <translation>Tapar también aquí</translation>
    </message>
    <message>
        <source>Use the zones of this camera</source>
        <translation>Usar las zonas de esta cámara</translation>
    </message>
    <message>
        <source>Mark reviewed</source>
        <translation>Marcar revisado</translation>
    </message>
    <message>
        <source>Labels of %1</source>
        <translation>Etiquetas de %1</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>Elegir dónde…</translation>
    </message>
    <message>
        <source>The file says where faces, heads and plates are, with your corrections, so that it can be measured what Doorveil finds by itself. Mistakes that you dismissed are left out.

It holds positions of people, but no pictures and no names. It is written only where you say, and it never leaves this computer by itself.</source>
        <translation>El archivo dice dónde hay caras, cabezas y matrículas, con sus correcciones, para poder medir lo que Doorveil encuentra por sí solo. Los errores que usted descartó no aparecen.

Contiene posiciones de personas, pero no imágenes ni nombres. Se escribe solo donde usted diga y nunca sale de este equipo por sí solo.</translation>
    </message>
    <message>
        <source>One frame of every</source>
        <translation>Un fotograma de cada</translation>
    </message>
    <message>
        <source>Save the labels of %1</source>
        <translation>Guardar las etiquetas de %1</translation>
    </message>
    <message>
        <source>Labels (*.json)</source>
        <translation>Etiquetas (*.json)</translation>
    </message>
    <message>
        <source>Saved as %1. It says where people are in this clip: keep it as you keep the clip.</source>
        <translation>Guardado como %1. Dice dónde hay personas en este clip: guárdelo como guarda el clip.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShareClips</name>
    <message>
        <source>Keep to the time asked for</source>
        <translation>Dejar solo el tiempo pedido</translation>
    </message>
    <message>
        <source>Why it was not reviewed</source>
        <translation>Por qué no se revisó</translation>
    </message>
    <message>
        <source>There is more footage in that time that I do not share</source>
        <translation>Hay más grabaciones de ese tiempo que no comparto</translation>
    </message>
    <message>
        <source>Clips to share</source>
        <translation>Clips para compartir</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Time asked for</source>
        <translation>Tiempo pedido</translation>
    </message>
    <message>
        <source>People who stay visible</source>
        <translation>Personas que quedan visibles</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Trims the selected clip; review can take it back</source>
        <translation>Recorta el clip elegido; en la revisión se puede deshacer</translation>
    </message>
    <message>
        <source>The recipient reads this. Reviewing first is better.</source>
        <translation>Quien recibe lee esto. Es mejor revisar antes.</translation>
    </message>
    <message>
        <source>About what is held back</source>
        <translation>Sobre lo que no se entrega</translation>
    </message>
    <message>
        <source>About what is held back; may stay empty</source>
        <translation>Sobre lo que no se entrega; puede quedar vacío</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>leyendo…</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>revisado</translation>
    </message>
    <message>
        <source>NOT reviewed</source>
        <translation>SIN revisar</translation>
    </message>
    <message>
        <source>lies in it</source>
        <translation>está dentro</translation>
    </message>
    <message>
        <source>lies outside</source>
        <translation>está fuera</translation>
    </message>
    <message>
        <source>trimmed</source>
        <translation>recortado</translation>
    </message>
    <message>
        <source>%1 to %2 of it</source>
        <translation>de %1 a %2</translation>
    </message>
    <message>
        <source>recorded when?</source>
        <translation>¿cuándo se grabó?</translation>
    </message>
    <message>
        <source>%1 (consent: %2)</source>
        <translation>%1 (consentimiento: %2)</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>nadie</translation>
    </message>
    <message numerus="yes">
        <source>— covered: %n</source>
        <translation>
            <numerusform>— tapadas: %n</numerusform>
            <numerusform>— tapadas: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>kept</source>
        <translation>se conserva</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>Choose what lies in the time asked for</source>
        <translation>Elegir lo que cae en el tiempo pedido</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>sin él</translation>
    </message>
    <message>
        <source>When it was recorded can be said in the list of clips.</source>
        <translation>Cuándo se grabó se puede decir en la lista de clips.</translation>
    </message>
    <message>
        <source>%1 (a guess)</source>
        <translation>%1 (se supone)</translation>
    </message>
    <message>
        <source>Recorded at %1, as the file&apos;s name or tags let guess. The list of clips can set it.</source>
        <translation>Grabado a las %1, según se supone por el nombre o los datos del archivo. La lista de clips permite fijarlo.</translation>
    </message>
    <message>
        <source>Recorded at %1</source>
        <translation>Grabado a las %1</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShareDonePage</name>
    <message>
        <source>Note that it was handed over</source>
        <translation>Anotar que se entregó</translation>
    </message>
    <message>
        <source>The package is ready</source>
        <translation>El paquete está listo</translation>
    </message>
    <message>
        <source>Answer another request</source>
        <translation>Responder a otra petición</translation>
    </message>
    <message>
        <source>Fingerprint of your key</source>
        <translation>Huella de su clave</translation>
    </message>
    <message>
        <source>Read it to the recipient, in person or on a number you looked up yourself. They compare it with what their check of the package shows; only that tells them that the package is yours.</source>
        <translation>Léasela a quien recibe, en persona o en un número que usted haya buscado. La compara con la que muestra su comprobación del paquete; solo eso le dice que el paquete es suyo.</translation>
    </message>
    <message>
        <source>Hand it over</source>
        <translation>Entregarlo</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Abrir la carpeta</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Copiar la huella</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>Entrega por</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>A quién</translation>
    </message>
    <message>
        <source>It was signed, read back, and noted in the ledger as entry %1. Nothing was sent.
%2</source>
        <translation>Se firmó, se leyó de nuevo y se anotó en el libro con el número %1. No se envió nada.
%2</translation>
    </message>
    <message>
        <source>On a data carrier: the folder or the ZIP. On a portal that takes single files: the clips, data/consent.jsonld, data/consent.jsonld.sig and data/statement.html.</source>
        <translation>En un soporte de datos: la carpeta o el ZIP. En un portal que admite archivos sueltos: los clips, data/consent.jsonld, data/consent.jsonld.sig y data/statement.html.</translation>
    </message>
    <message>
        <source>Many portals take 16 files and 10 GB at once: hand it over in %1 parts, each with data/consent.jsonld and its signature.</source>
        <translation>Muchos portales admiten 16 archivos y 10 GB de una vez: entréguelo en %1 partes, cada una con data/consent.jsonld y su firma.</translation>
    </message>
    <message>
        <source>No file manager answered. The package is in %1.</source>
        <translation>Ningún gestor de archivos respondió. El paquete está en %1.</translation>
    </message>
    <message>
        <source>The delivery is noted in the ledger as entry %1.</source>
        <translation>La entrega está anotada en el libro con el número %1.</translation>
    </message>
    <message>
        <source>Show the ledger</source>
        <translation>Ver el libro</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>No compartido</translation>
    </message>
    <message>
        <source>That you share nothing is noted in the ledger as entry %1, on this computer only. Nobody was told. If you tell them yourself, you can note that in the ledger, too.</source>
        <translation>Que usted no comparte nada queda anotado en el libro con el número %1, solo en este ordenador. No se avisó a nadie. Si avisa usted, también puede anotarlo en el libro.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShareExport</name>
    <message>
        <source>Also as one ZIP file</source>
        <translation>También como un archivo ZIP</translation>
    </message>
    <message>
        <source>You speak for yourself, not for other people in the picture. Your typed name is your decision.</source>
        <translation>Usted habla por sí, no por las demás personas de la imagen. Su nombre escrito es su decisión.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Su nombre</translation>
    </message>
    <message>
        <source>Passphrase of your key</source>
        <translation>Frase de paso de su clave</translation>
    </message>
    <message>
        <source>Folder of the package</source>
        <translation>Carpeta del paquete</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>A passphrase for your new key</source>
        <translation>Una frase de paso para su clave nueva</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>La misma otra vez</translation>
    </message>
    <message>
        <source>Packages are signed with a key of yours, which is made now. Each package needs its passphrase; nobody can give you another one.</source>
        <translation>Los paquetes se firman con una clave suya, que se hace ahora. Cada paquete necesita su frase de paso; nadie puede darle otra.</translation>
    </message>
    <message>
        <source>Encrypt for</source>
        <translation>Cifrar para</translation>
    </message>
    <message>
        <source>May stay empty. Keys of the recipient, one a line: age1… or ssh-ed25519 …</source>
        <translation>Puede quedar vacío. Claves de quien recibe, una por línea: age1… o ssh-ed25519 …</translation>
    </message>
    <message>
        <source>type your name</source>
        <translation>escriba su nombre</translation>
    </message>
    <message>
        <source>choose a passphrase for your key</source>
        <translation>elija una frase de paso para su clave</translation>
    </message>
    <message>
        <source>type the passphrase of your key</source>
        <translation>escriba la frase de paso de su clave</translation>
    </message>
    <message>
        <source>type the same passphrase again</source>
        <translation>escriba otra vez la misma frase de paso</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SharePlace</name>
    <message>
        <source>Share</source>
        <translation>Compartir</translation>
    </message>
    <message>
        <source>&amp;Share</source>
        <translation>&amp;Compartir</translation>
    </message>
    <message>
        <source>A package is being made. Quitting stops it; nothing will be left of it.</source>
        <translation>Se está haciendo un paquete. Salir lo detiene; no quedará nada de él.</translation>
    </message>
    <message>
        <source>&amp;Make the package</source>
        <translation>&amp;Hacer el paquete</translation>
    </message>
    <message>
        <source>Exports, checks, signs; sends nothing</source>
        <translation>Exporta, comprueba, firma; no envía nada</translation>
    </message>
    <message>
        <source>&amp;Decline…</source>
        <translation>&amp;No compartir…</translation>
    </message>
    <message>
        <source>Notes that you share nothing; nobody is told</source>
        <translation>Anota que no comparte nada; no se avisa a nadie</translation>
    </message>
    <message>
        <source>Nothing to share yet</source>
        <translation>Aún no hay nada que compartir</translation>
    </message>
    <message>
        <source>When a clip has been analysed and reviewed, a package for somebody who asked is made here.</source>
        <translation>Cuando un clip se ha analizado y revisado, aquí se hace un paquete para quien lo pidió.</translation>
    </message>
    <message>
        <source>Show clips</source>
        <translation>Ver clips</translation>
    </message>
    <message>
        <source>1  Who asked</source>
        <translation>1  Quién pidió</translation>
    </message>
    <message>
        <source>2  What leaves</source>
        <translation>2  Qué sale</translation>
    </message>
    <message>
        <source>3  Conditions</source>
        <translation>3  Condiciones</translation>
    </message>
    <message>
        <source>4  How it will read</source>
        <translation>4  Cómo se leerá</translation>
    </message>
    <message>
        <source>5  Your name, and where it goes</source>
        <translation>5  Su nombre, y adónde va</translation>
    </message>
    <message>
        <source>Language of the statement</source>
        <translation>Idioma de la declaración</translation>
    </message>
    <message>
        <source>The statement as it will read</source>
        <translation>La declaración tal como se leerá</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>Conviene mirar</translation>
    </message>
    <message>
        <source>What is missing or unusual</source>
        <translation>Lo que falta o es inusual</translation>
    </message>
    <message>
        <source>Make the package</source>
        <translation>Hacer el paquete</translation>
    </message>
    <message>
        <source>Decline…</source>
        <translation>No compartir…</translation>
    </message>
    <message>
        <source>Nothing is sent. You hand the package over yourself.</source>
        <translation>No se envía nada. El paquete lo entrega usted.</translation>
    </message>
    <message>
        <source>choose the clips that leave</source>
        <translation>elija los clips que salen</translation>
    </message>
    <message>
        <source>Choose a clip, and the statement shows here.</source>
        <translation>Elija un clip y aquí se verá la declaración.</translation>
    </message>
    <message>
        <source>Making a package</source>
        <translation>Haciendo un paquete</translation>
    </message>
    <message>
        <source>Decline the request</source>
        <translation>No compartir</translation>
    </message>
    <message>
        <source>A note for yourself</source>
        <translation>Una nota para usted</translation>
    </message>
    <message>
        <source>Decline and note it</source>
        <translation>No compartir y anotarlo</translation>
    </message>
    <message>
        <source>Start over…</source>
        <translation>Empezar de nuevo…</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Empezar de nuevo</translation>
    </message>
    <message>
        <source>Empty the page</source>
        <translation>Vaciar la página</translation>
    </message>
    <message>
        <source>What is typed on this page is forgotten. Clips, projects and the ledger stay.</source>
        <translation>Se olvida lo escrito en esta página. Los clips, los proyectos y el libro se quedan.</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>borrador</translation>
    </message>
    <message>
        <source>review the clip, or say why it was not reviewed</source>
        <translation>revise el clip o diga por qué no se revisó</translation>
    </message>
    <message>
        <source>To do first: %1.</source>
        <translation>Primero: %1.</translation>
    </message>
    <message>
        <source>nobody is named</source>
        <translation>no se nombra a nadie</translation>
    </message>
    <message>
        <source>Noted is: %1 (%2), and that you share nothing. It is noted in the ledger on this computer only. Nobody is told, and no package is made.</source>
        <translation>Se anota: %1 (%2), y que usted no comparte nada. Se anota solo en el libro de este ordenador. No se avisa a nadie ni se hace ningún paquete.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShareWorkingPage</name>
    <message>
        <source>Making the package</source>
        <translation>Haciendo el paquete</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>What was done and checked</source>
        <translation>Lo que se hizo y se comprobó</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Checking the finished clip, frame %1 of %2</source>
        <translation>Comprobando el clip terminado, fotograma %1 de %2</translation>
    </message>
    <message>
        <source>Covering and encoding, frame %1 of %2</source>
        <translation>Tapando y codificando, fotograma %1 de %2</translation>
    </message>
    <message>
        <source>Clip %1: covering, encoding, decoding again</source>
        <translation>Clip %1: tapar, codificar, decodificar de nuevo</translation>
    </message>
    <message>
        <source>Clip %1: covers, frames, second search, container and original were checked on the finished file</source>
        <translation>Clip %1: se comprobaron en el archivo terminado lo tapado, los fotogramas, la segunda búsqueda, el contenedor y el original</translation>
    </message>
    <message>
        <source>Log, record and statement</source>
        <translation>Registro del proceso, registro y declaración</translation>
    </message>
    <message>
        <source>The record fits its schema; record and manifest are signed</source>
        <translation>El registro cumple su esquema; registro y manifiesto están firmados</translation>
    </message>
    <message>
        <source>Everything was read back and checked as the recipient will</source>
        <translation>Todo se leyó de nuevo y se comprobó como lo hará quien recibe</translation>
    </message>
    <message>
        <source>In place</source>
        <translation>En su sitio</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::ShowDialog</name>
    <message>
        <source>Show %1</source>
        <translation>Mostrar a %1</translation>
    </message>
    <message>
        <source>Show only %1?</source>
        <translation>¿Mostrar solo a %1?</translation>
    </message>
    <message>
        <source>Show %1?</source>
        <translation>¿Mostrar a %1?</translation>
    </message>
    <message>
        <source>Everyone else is covered. %1 will be visible in the copy, %2.</source>
        <translation>Se tapa a todos los demás. %1 se verá en la copia, %2.</translation>
    </message>
    <message>
        <source>It will be readable in the copy, %1.</source>
        <translation>Se podrá leer en la copia, %1.</translation>
    </message>
    <message>
        <source>They will be visible in the copy, %1.</source>
        <translation>Se le verá en la copia, %1.</translation>
    </message>
    <message>
        <source>Why may it be seen?</source>
        <translation>¿Por qué se puede ver?</translation>
    </message>
    <message>
        <source>Why may they be seen?</source>
        <translation>¿Por qué se le puede ver?</translation>
    </message>
    <message>
        <source>What did its owner say about it?</source>
        <translation>¿Qué dijo su dueño al respecto?</translation>
    </message>
    <message>
        <source>What did they say about it?</source>
        <translation>¿Qué dijo al respecto?</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>Elija una respuesta</translation>
    </message>
    <message>
        <source>Show only %1</source>
        <translation>Mostrar solo a %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Keep covered</source>
        <translation>Dejar tapado</translation>
    </message>
    <message>
        <source>They said no. The record that goes with the copy will say that you show them all the same.</source>
        <translation>Dijo que no. El documento que acompaña a la copia dirá que se le muestra de todos modos.</translation>
    </message>
    <message>
        <source>Your answers go into the record that goes with the copy.</source>
        <translation>Sus respuestas van en el documento que acompaña a la copia.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SmallDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SoundOutput</name>
    <message>
        <source>This computer has no sound output.</source>
        <translation>Este ordenador no tiene salida de sonido.</translation>
    </message>
    <message>
        <source>The sound output of this computer could not be opened.</source>
        <translation>No se pudo abrir la salida de sonido de este ordenador.</translation>
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
    <name>doorveil::ui::SubjectModel</name>
    <message>
        <source>%1, drawn by you. %2. %3</source>
        <translation>%1, dibujado por usted. %2. %3</translation>
    </message>
    <message>
        <source>%1 (%2), %3. Best score %4 %. %5</source>
        <translation>%1 (%2), %3. Mejor puntuación %4 %. %5</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4 to check</source>
        <translation>%1, %2, %3, %4 por revisar</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SubjectPanel</name>
    <message>
        <source>Who was found</source>
        <translation>A quién se encontró</translation>
    </message>
    <message>
        <source>Nobody so far</source>
        <translation>A nadie por ahora</translation>
    </message>
    <message>
        <source>%1 covered, nobody shown</source>
        <translation>%1 tapados, no se muestra a nadie</translation>
    </message>
    <message>
        <source>%1 covered, %2 shown</source>
        <translation>%1 tapados, %2 mostrados</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::Subjects</name>
    <message>
        <source>Plate %1</source>
        <translation>Matrícula %1</translation>
    </message>
    <message>
        <source>Area %1</source>
        <translation>Área %1</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>Persona %1</translation>
    </message>
    <message>
        <source>face</source>
        <translation>cara</translation>
    </message>
    <message>
        <source>head</source>
        <translation>cabeza</translation>
    </message>
    <message>
        <source>whole person</source>
        <translation>persona entera</translation>
    </message>
    <message>
        <source>licence plate</source>
        <translation>matrícula</translation>
    </message>
    <message>
        <source>area</source>
        <translation>área</translation>
    </message>
    <message>
        <source>It is me</source>
        <translation>Soy yo</translation>
    </message>
    <message>
        <source>Member of my household</source>
        <translation>Miembro de mi hogar</translation>
    </message>
    <message>
        <source>They agreed to be shown</source>
        <translation>Aceptó que se le muestre</translation>
    </message>
    <message>
        <source>The request is about them</source>
        <translation>La petición trata de esa persona</translation>
    </message>
    <message>
        <source>My own vehicle</source>
        <translation>Mi propio vehículo</translation>
    </message>
    <message>
        <source>Nobody could recognise them</source>
        <translation>Nadie podría reconocerle</translation>
    </message>
    <message>
        <source>My own decision</source>
        <translation>Decisión mía</translation>
    </message>
    <message>
        <source>It is me, I agree</source>
        <translation>Soy yo, estoy de acuerdo</translation>
    </message>
    <message>
        <source>They said yes</source>
        <translation>Dijo que sí</translation>
    </message>
    <message>
        <source>A parent or guardian said yes</source>
        <translation>Un padre, madre o tutor dijo que sí</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>No se le preguntó</translation>
    </message>
    <message>
        <source>They said no</source>
        <translation>Dijo que no</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>No lo sé</translation>
    </message>
    <message>
        <source>Shown: %1</source>
        <translation>Se muestra: %1</translation>
    </message>
    <message>
        <source>Not a person or plate</source>
        <translation>No es persona ni matrícula</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Tapado</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::SuggestionCard</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n más</numerusform>
            <numerusform>%n más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>doorveil::ui::Suggestions</name>
    <message>
        <source>%1 is dressed like %2 in %3, whom you show. Is it the same person, to be shown here, too?</source>
        <translation>%1 va vestida como %2 en %3, a quien usted muestra. ¿Es la misma persona y se muestra también aquí?</translation>
    </message>
    <message>
        <source>%1 is dressed like %2, whom you show. Is it the same person, to be shown, too?</source>
        <translation>%1 va vestida como %2, a quien usted muestra. ¿Es la misma persona y se muestra también?</translation>
    </message>
    <message>
        <source>%1 and %2 are dressed alike. Are they the same person, with one switch for both?</source>
        <translation>%1 y %2 van vestidas igual. ¿Son la misma persona, con un solo interruptor para ambas?</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Línea de tiempo</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Sound (left out)</source>
        <translation>Sonido (se omite)</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>Nobody was found in this clip. Press D to draw a cover yourself.</source>
        <translation>No se encontró a nadie en este clip. Pulse D para dibujar usted una cubierta.</translation>
    </message>
    <message>
        <source>%1 · shown</source>
        <translation>%1 · se muestra</translation>
    </message>
    <message>
        <source>Drag to choose the part of the clip to keep</source>
        <translation>Arrastre para elegir la parte del clip que se conserva</translation>
    </message>
    <message>
        <source>Drag to move through the clip. Shift and drag: choose a stretch. Ctrl and wheel: zoom. The green line shows what you have watched</source>
        <translation>Arrastre para moverse por el clip. Mayús y arrastrar: elegir un tramo. Ctrl y rueda: ampliar. La línea verde muestra lo que ha visto</translation>
    </message>
    <message>
        <source>Drag to choose a stretch of sound, then press M to mute it</source>
        <translation>Arrastre para elegir un tramo de sonido y pulse M para silenciarlo</translation>
    </message>
    <message>
        <source>Areas that are always covered</source>
        <translation>Áreas siempre tapadas</translation>
    </message>
    <message>
        <source>Solid: found. Hatched: a gap that was bridged. Pale: followed or held. ◆: set by you. Pale with a solid edge: shown</source>
        <translation>Lleno: encontrado. Rayado: un hueco cubierto. Pálido: seguido o mantenido. ◆: fijado por usted. Pálido con borde continuo: se muestra</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::TodoList</name>
    <message>
        <source>To do</source>
        <translation>Por hacer</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>Unusual</source>
        <translation>Inusual</translation>
    </message>
    <message>
        <source>Go to the field</source>
        <translation>Ir al campo</translation>
    </message>
    <message>
        <source>Nothing is missing, and nothing is unusual.</source>
        <translation>No falta nada y no hay nada inusual.</translation>
    </message>
</context>
<context>
    <name>doorveil::ui::TransportBar</name>
    <message>
        <source>frame %1</source>
        <translation>fotograma %1</translation>
    </message>
    <message>
        <source>backwards ×%1</source>
        <translation>hacia atrás ×%1</translation>
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
<context>
    <name>doorveil::ui::WithdrawDialog</name>
    <message>
        <source>Withdraw the permission</source>
        <translation>Retirar el permiso</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Make a signed record of it for the recipient</source>
        <translation>Hacer un registro firmado de ella para quien recibió</translation>
    </message>
    <message>
        <source>A withdrawal affects future use. Copies already used, or that must be kept by law, may remain. Nobody is told: tell the recipient yourself.</source>
        <translation>La retirada afecta al uso futuro. Pueden quedar copias ya usadas o que la ley obliga a guardar. No se avisa a nadie: avise usted a quien recibió.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Reason; may stay empty</source>
        <translation>Motivo; puede quedar vacío</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Su nombre</translation>
    </message>
    <message>
        <source>Passphrase of your key</source>
        <translation>Frase de paso de su clave</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
</context>
</TS>
