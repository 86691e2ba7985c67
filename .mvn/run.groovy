// Runs a program in the foreground, for mvn -Pserver, -Pclient, -Pterm and -Pbench.
// It has Maven's own terminal, so that line editing works. Maven stays until the program has ended and
// ends with its exit code; when Maven is interrupted or terminated, the program is terminated first.
// From the POM, for a packaged program: program and home (its folder); for a class among the tests of a
// module: main and options (of its JVM); for both: verb, which comes before the arguments. From the command
// line: -Dargs="…", quotes respected.

import java.nio.file.Files
import java.util.concurrent.TimeUnit
import org.apache.maven.toolchain.ToolchainManager

// Splits like a shell: blanks separate, single and double quotes hold together.
List<String> split(String text) {
    def words = []
    def word = null
    char quote = 0
    text.each { letter ->
        char c = letter as char
        if (quote != 0) {
            if (c == quote) {
                quote = 0
            } else {
                word << letter
            }
        } else if (c == '"' as char || c == "'" as char) {
            quote = c
            word = word ?: new StringBuilder()
        } else if (Character.isWhitespace(c)) {
            if (word != null) {
                words << word.toString()
            }
            word = null
        } else {
            word = (word ?: new StringBuilder()) << letter
        }
    }
    if (quote != 0) {
        throw new IllegalArgumentException("-Dargs: a quote is not closed: $text")
    }
    return word == null ? words : words << word.toString()
}

def toolchain = session.container.lookup(ToolchainManager).getToolchainFromBuildContext('jdk', session)
def java = toolchain?.findTool('java') ?: "${System.getProperty('java.home')}/bin/java"

def command = [java]
def folder = null
if (binding.hasVariable('main')) {
    command += split(options) + ['-cp', project.testClasspathElements.join(File.pathSeparator), main]
} else {
    // It runs from a copy, so that building again does not pull the jars from under it.
    folder = Files.createTempDirectory(new File(project.build.directory).toPath(), "running-$program-").toFile()
    new File(home, 'lib').eachFile { Files.copy(it.toPath(), folder.toPath().resolve(it.name)) }
    command += "@$folder/${program}.options"
    command += split(System.getenv('LOCALCHAT_JAVA_OPTS') ?: '')
    command += ['-cp', folder.listFiles().findAll { it.name.endsWith('.jar') }.sort().join(File.pathSeparator)]
    command += "@$folder/${program}.main"
}
command += split("${binding.hasVariable('verb') ? verb : ''} ${session.userProperties['args'] ?: ''}")

System.out.flush()
def process = new ProcessBuilder(command*.toString()).inheritIO().start()
Runtime.runtime.addShutdownHook(new Thread({
    if (process.supportsNormalTermination()) {
        process.destroy()
    }
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly()
    }
    folder?.deleteDir()
}))
System.exit(process.waitFor())
