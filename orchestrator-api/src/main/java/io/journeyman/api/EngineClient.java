package io.journeyman.api;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.journeyman.api.codec.EncryptedPayloads;
import io.journeyman.api.codec.PayloadKeys;
import io.journeyman.contracts.Json;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/**
 * How the API and the worker speak to the engine: lazily connected, so that both start while the engine is away, and encrypting
 * all that it stores, messages of failures included.
 */
public final class EngineClient {
    private EngineClient() {}

    static WorkflowServiceStubs stubs(ApiConfig config) {
        return stubs(config.temporalAddress());
    }

    static WorkflowClient client(ApiConfig config, WorkflowServiceStubs stubs) {
        return client(config.namespace(), config.payloadKeys(), stubs);
    }

    /**
     * Not compressed: what is encrypted does not shrink, and the rest is small.
     *
     * @param address host:port
     */
    public static WorkflowServiceStubs stubs(String address) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcCompression(GrpcCompression.NONE)
                .setGrpcClientInterceptors(List.of(new PollsWait()))
                .build());
    }

    public static WorkflowClient client(String namespace, PayloadKeys payloadKeys, WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setDataConverter(new CodecDataConverter(
                                DefaultDataConverter.newDefaultInstance()
                                        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())),
                                List.of(new EncryptedPayloads(payloadKeys)),
                                true))
                        .build());
    }

    /**
     * A worker's poll waits for the connection instead of failing: the SDK's pollers pause longer after each failure, up to a minute,
     * and would still do so when the engine is back already.
     */
    private static final class PollsWait implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions how, Channel next) {
            boolean polls = String.valueOf(method.getBareMethodName()).startsWith("Poll");
            return next.newCall(method, polls ? how.withWaitForReady() : how);
        }
    }
}
