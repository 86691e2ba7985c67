// Runs the fuzz targets of a module with Jazzer, one after the other, for mvn -Pfuzz. A target is a class
// among the tests whose name ends in Fuzz, with a method fuzzerTestOneInput(byte[]).
// From the command line: -Dfuzz.target=SessionFuzz for one target alone (its modules are found by
// themselves), -Dfuzz.seconds=60 for another time than ten minutes each, -Dfuzz.keep for nothing but to put
// the smallest set of inputs that reaches as much into the kept ones, -Dfuzz.coverage for nothing but a
// report of what the kept inputs reach.
// What a run finds new is in target/fuzz/NAME/inputs, what breaks a target in target/fuzz/NAME. Put that,
// shortened, among the kept inputs with the fix: every build replays them.

import java.util.concurrent.TimeUnit
import org.apache.maven.toolchain.ToolchainManager

def toolchain = session.container.lookup(ToolchainManager).getToolchainFromBuildContext('jdk', session)
def java = toolchain?.findTool('java') ?: "${System.getProperty('java.home')}/bin/java"
def wanted = session.userProperties['fuzz.target']
def seconds = session.userProperties['fuzz.seconds'] ?: '600'
def keeps = session.userProperties.containsKey('fuzz.keep')
def reports = session.userProperties.containsKey('fuzz.coverage')
def classes = new File(project.build.testOutputDirectory)
// Where a target writes files: in memory, where the system has such a folder.
def scratch = new File('/dev/shm').isDirectory() ? '/dev/shm' : System.getProperty('java.io.tmpdir')

def run = { List command, File log ->
    println "fuzz: see $log"
    def process = new ProcessBuilder(command*.toString()).redirectErrorStream(true).redirectOutput(log).start()
    def stop = new Thread({
        process.destroy()
        process.waitFor(10, TimeUnit.SECONDS) || process.destroyForcibly()
    })
    Runtime.runtime.addShutdownHook(stop)
    def code = process.waitFor()
    Runtime.runtime.removeShutdownHook(stop)
    return code
}

def targets = []
if (classes.isDirectory()) {
    classes.eachFileRecurse { file ->
        def name = classes.toPath().relativize(file.toPath()).toString()
        if (name.endsWith('Fuzz.class') && (wanted == null || file.name == "${wanted}.class")) {
            targets << (name - '.class').replace(File.separator, '.')
        }
    }
}
targets.sort().each { target ->
    def name = target.substring(target.lastIndexOf('.') + 1)
    def folder = new File(project.build.directory, "fuzz/$name")
    def found = new File(folder, 'inputs')
    def kept = new File(project.basedir, "src/test/resources/${target.replace('.', '/')}Inputs")
    [found, kept].each { it.mkdirs() }
    def jazzer = [java, '-ea', '-Xmx1g', '-XX:+UseSerialGC', '-Xshare:off', "-Djava.io.tmpdir=$scratch",
            '-XX:+EnableDynamicAgentLoading', '--enable-native-access=ALL-UNNAMED',
            '--sun-misc-unsafe-memory-access=allow',
            '-cp', project.testClasspathElements.join(File.pathSeparator), 'com.code_intelligence.jazzer.Jazzer',
            "--target_class=$target", '--instrumentation_includes=localchat.**',
            '--instrumentation_excludes=localchat.core.protocol.wire.**', "--reproducer_path=$folder",
            "-artifact_prefix=$folder/", '-timeout=30', '-rss_limit_mb=4096', '-print_final_stats=1']
    def log = new File(folder, 'log.txt')
    def code
    if (keeps) {
        def smallest = new File(folder, 'smallest')
        smallest.deleteDir()
        smallest.mkdirs()
        code = run(jazzer + ['-merge=1', smallest, kept, found], log)
        if (code == 0) {
            kept.eachFile { it.delete() }
            smallest.eachFile { it.renameTo(new File(kept, it.name)) }
        }
    } else if (reports) {
        code = run(jazzer + ["--coverage_report=${new File(folder, 'coverage.txt')}", '-runs=0', kept], log)
    } else {
        code = run(jazzer + ["-max_total_time=$seconds", found, kept], log)
    }
    println log.readLines().findAll { it =~ /^(#\d+\t(INITED|DONE)|stat::|== |MERGE-OUTER: .* new files)/ }.join('\n')
    if (code != 0) {
        throw new IllegalStateException("$name ended with $code: see $log")
    }
}
