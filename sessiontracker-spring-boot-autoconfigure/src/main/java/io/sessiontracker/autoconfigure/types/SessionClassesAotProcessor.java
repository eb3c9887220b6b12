package io.sessiontracker.autoconfigure.types;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.lang.model.element.Modifier;

import io.sessiontracker.Session;
import io.sessiontracker.spring.WithSessionPostProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.javapoet.CodeBlock;
import org.springframework.util.ClassUtils;

/**
 * Finds the session classes ahead of time, as a native image has no class path to scan, and registers them and the types of
 * their fields for reflection.
 */
final class SessionClassesAotProcessor implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        return bean.getBeanClass() == SessionClasses.class ? new Contribution(types(bean)) : null;
    }

    /** Includes classes outside the application's packages that are parameters of {@code @WithSession} methods. */
    private static List<Class<? extends Session>> types(RegisteredBean bean) {
        ConfigurableListableBeanFactory beans = bean.getBeanFactory();
        Set<Class<? extends Session>> types = new LinkedHashSet<>(
                beans.getBean(bean.getBeanName(), SessionClasses.class).types());
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null) {
                types.addAll(WithSessionPostProcessor.sessionTypesOf(ClassUtils.getUserClass(type)));
            }
        }
        return List.copyOf(types);
    }

    private record Contribution(List<Class<? extends Session>> types) implements BeanRegistrationAotContribution {

        @Override
        public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(
                GenerationContext context, BeanRegistrationCodeFragments fragments) {
            return new Fragments(fragments, types);
        }

        @Override
        public void applyTo(GenerationContext context, BeanRegistrationCode code) {
            SessionHints hints = new SessionHints(context.getRuntimeHints().reflection());
            types.forEach(type -> hints.register(ResolvableType.forClass(type)));
        }
    }

    private static final class Fragments extends BeanRegistrationCodeFragmentsDecorator {

        private final List<Class<? extends Session>> types;

        Fragments(BeanRegistrationCodeFragments delegate, List<Class<? extends Session>> types) {
            super(delegate);
            this.types = types;
        }

        @Override
        public CodeBlock generateInstanceSupplierCode(
                GenerationContext context, BeanRegistrationCode code, boolean allowDirectSupplierShortcut) {
            GeneratedMethod method = code.getMethods()
                    .add(
                            "getInstance",
                            builder -> builder.addJavadoc("The session classes that were found ahead of time.")
                                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                                    .returns(SessionClasses.class)
                                    .addStatement("return $T.named($L)", SessionClasses.class, names()));
            return method.toMethodReference().toCodeBlock();
        }

        /** By name, as the classes need not be public. */
        private CodeBlock names() {
            return types.stream()
                    .map(type -> CodeBlock.of("$S", type.getName()))
                    .collect(CodeBlock.joining(", "));
        }
    }
}
