package io.journeyman.recommendation.meaning;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * ONNX Runtime's environment, kept until the process has ended. Its Java part takes it away in a shutdown hook, under whoever loads a
 * model or computes just then, and that aborts the process (SIGABRT, exit status 134). The environment counts its references, so one
 * of ours, taken through the C API, outlives the hook's.
 */
final class LastingEnvironment {
    /** The C API's first version, which every later one still offers. */
    private static final int API_VERSION = 1;

    /** Where {@code OrtApiBase} holds {@code GetApi}, and {@code OrtApi} holds {@code CreateEnv}. */
    private static final int GET_API = 0;

    private static final int CREATE_ENV = 3;

    /** {@code ORT_LOGGING_LEVEL_WARNING}, as the Java part asks for. */
    private static final int WARNING = 2;

    private LastingEnvironment() {}

    static OrtEnvironment get() {
        OrtEnvironment.getAvailableProviders(); // loads the library, and makes no environment yet
        UnpackedLibrary.removeFiles();
        takeReference();
        return OrtEnvironment.getEnvironment();
    }

    @SuppressWarnings("restricted") // every start of the JVM enables native access
    private static void takeReference() {
        Linker linker = Linker.nativeLinker();
        try (var arena = Arena.ofConfined()) {
            var getApiBase = linker.downcallHandle(
                    SymbolLookup.loaderLookup().findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(ADDRESS));
            var getApi = linker.downcallHandle(
                    function((MemorySegment) getApiBase.invokeExact(), GET_API),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));
            var createEnv = linker.downcallHandle(
                    function((MemorySegment) getApi.invokeExact(API_VERSION), CREATE_ENV),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
            var error = (MemorySegment)
                    createEnv.invokeExact(WARNING, arena.allocateFrom("journeyman"), arena.allocate(ADDRESS));
            if (error.address() != 0) {
                throw new IllegalStateException("ONNX Runtime makes no environment");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("functions of C throw nothing", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment function(MemorySegment table, int index) {
        return table.reinterpret((index + 1) * ADDRESS.byteSize()).getAtIndex(ADDRESS, index);
    }
}
