package io.journeyman.workflows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which code a worker runs, so that staff see in Temporal under which code a journey goes on. Journeys follow the current version
 * at their next step ("auto-upgrade"); that they can is what {@code HistoriesTest} holds.
 *
 * @param buildId a hash of the workflow classes: the same code has the same id wherever it was built
 */
public record WorkerVersion(String buildId) {
    public static final String DEPLOYMENT = "journeyman";

    private static final Logger log = LoggerFactory.getLogger(WorkerVersion.class);
    /** A worker that is not seen yet, or an engine that is away, may pass; what we may not, or it does not know, does not. */
    private static final Set<Status.Code> FOR_GOOD = Set.of(
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.UNIMPLEMENTED,
            Status.Code.INVALID_ARGUMENT);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int MOST_TRIES = 240;

    /** The version of the workflow classes that this process has loaded. */
    public static WorkerVersion ofThisCode() {
        try {
            URI place = WorkerVersion.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            if (Files.isDirectory(Path.of(place))) {
                return of(Path.of(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(place), Map.of())) {
                return of(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WorkerVersion of(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted((one, other) -> name(root, one).compareTo(name(root, other)))
                    .toList();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : classes) {
                digest.update(name(root, file).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return new WorkerVersion(HexFormat.of().formatHex(digest.digest(), 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    WorkerDeploymentOptions options() {
        return WorkerDeploymentOptions.newBuilder()
                .setUseVersioning(true)
                .setVersion(new WorkerDeploymentVersion(DEPLOYMENT, buildId))
                .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                .build();
    }

    /**
     * Journeys go on under this version from now on. The engine takes it once it has seen a worker of it.
     *
     * @param evenIfAnotherIs also when another version is current; without it only a shop that has none yet gets one
     */
    void makeCurrent(WorkflowClient client, boolean evenIfAnotherIs) {
        var service = client.getWorkflowServiceStubs().blockingStub();
        String namespace = client.getOptions().getNamespace();
        for (int tries = 1; ; tries++) {
            try {
                if (!evenIfAnotherIs && isAnotherCurrent(client, namespace)) {
                    log.info("version {} of the workflows works beside the current one", buildId);
                    return;
                }
                service.setWorkerDeploymentCurrentVersion(SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setDeploymentName(DEPLOYMENT)
                        .setBuildId(buildId)
                        .setIdentity(client.getOptions().getIdentity())
                        .setIgnoreMissingTaskQueues(true)
                        .build());
                return;
            } catch (StatusRuntimeException notYet) {
                if (tries == MOST_TRIES || FOR_GOOD.contains(notYet.getStatus().getCode())) {
                    throw notYet;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isAnotherCurrent(WorkflowClient client, String namespace) {
        try {
            var routing = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkerDeployment(DescribeWorkerDeploymentRequest.newBuilder()
                            .setNamespace(namespace)
                            .setDeploymentName(DEPLOYMENT)
                            .build())
                    .getWorkerDeploymentInfo()
                    .getRoutingConfig();
            return routing.hasCurrentDeploymentVersion()
                    && !routing.getCurrentDeploymentVersion().getBuildId().isEmpty();
        } catch (StatusRuntimeException none) {
            if (none.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw none;
        }
    }
}
