/// What the fuzz targets of all modules share. A target is a class beside what it tests, named
/// `…Fuzz`, with one method `fuzzerTestOneInput(byte[])` that throws when a promise is broken: the
/// form that Jazzer looks for, so a target needs nothing of Jazzer. `mvn -Pfuzz` searches for
/// inputs that break one; every build replays those that were kept, and changes them a little.
/// Inputs are kept where Jazzer looks for them: in the target's package among the resources, in a
/// folder `…FuzzInputs`. Used by tests only.
package localchat.fuzz;
