/// `mvn -Pbench`: what the packaged server does for its CPU time, beside the least that a
/// single-threaded Java server could do; and what it does on disk beside what it does in memory.
///
/// [ServerBenchmark] reads the options and prints a table for each [BenchmarkCase]; [Rounds] runs
/// its rows, round by round. The server under test and [LimitServer], the yardstick, are processes
/// of their own ([TestBed], [MeasuredProcess]). The load is made here, on the main thread: a
/// [Crowd] of [Client]s on one selector, driven by a [LoadRun]. Everything but the mains belongs to
/// that thread.
@NullMarked
package localchat.server.benchmark;

import org.jspecify.annotations.NullMarked;
