@echo off
rem Starts the program whose name this file has: finds a Java, then runs it.
rem The JVM's options are in ..\lib\NAME.options, the main class is in ..\lib\NAME.main.
rem More JVM options may be given in LOCALCHAT_JAVA_OPTS.
setlocal EnableExtensions DisableDelayedExpansion
set "needed=@jdk.version@"
set "program=%~n0"
for %%d in ("%~dp0..") do set "home=%%~fd"
set "java="

if exist "%home%\runtime\bin\java.exe" (
    set "java=%home%\runtime"
    goto run
)
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~dp$PATH:j.."
for %%b in (
    "%ProgramFiles%\Eclipse Adoptium"
    "%ProgramFiles%\Java"
    "%ProgramFiles%\Microsoft"
    "%ProgramFiles%\Amazon Corretto"
    "%ProgramFiles%\BellSoft"
    "%ProgramFiles%\Zulu"
    "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
    "%USERPROFILE%\.jdks"
    "%USERPROFILE%\scoop\apps"
) do for /d %%d in ("%%~b\*") do (
    call :try "%%~d"
    call :try "%%~d\current"
)
if defined java goto run
echo %program%: no Java %needed% or newer was found; install a JDK %needed%, or set JAVA_HOME to one 1>&2
exit /b 1

:run
"%java%\bin\java.exe" "@%home%\lib\%program%.options" %LOCALCHAT_JAVA_OPTS% -cp "%home%\lib\*" "@%home%\lib\%program%.main" %*
exit /b %ERRORLEVEL%

rem Takes the Java in folder %1 if none is taken yet and its file "release" says that it is new enough.
:try
if defined java exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
set "major="
for /f "usebackq tokens=2 delims==" %%v in (`findstr /b /c:"JAVA_VERSION=" "%~1\release"`) do (
    for /f "tokens=1 delims=.-+_" %%m in ("%%~v") do set "major=%%m"
)
if not defined major exit /b
if %major% GEQ %needed% set "java=%~f1"
exit /b
