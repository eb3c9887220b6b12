package io.sessiontracker.spring;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Creates proxies of beans that have {@link WithSession} methods, after verifying these. The session is read before and stored
 * after all other advice of the method, such as a transaction, except for {@code @Async}, which is outermost.
 */
public final class WithSessionPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private @Nullable SessionMethods methods;

    /**
     * Creates a post-processor. It must exist before the beans it proxies, and resolves the tracker at the first call.
     *
     * @param proxyTargetClass whether to proxy classes even if they have interfaces
     */
    public WithSessionPostProcessor(boolean proxyTargetClass) {
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // Proxies of @Async are created later, and so wrap this one.
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        KeyExpressions keys = new KeyExpressions(beans);
        SessionMethods methodsOfBeans = new SessionMethods(keys);
        methods = methodsOfBeans;
        // All methods of such a bean are advised, to explain what a self-call in one of them ends with.
        ClassFilter annotated = SessionMethods::isAnnotated;
        this.advisor = new DefaultPointcutAdvisor(
                new ComposablePointcut(annotated), new WithSessionInterceptor(beans, methodsOfBeans, keys));
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        if (!SessionMethods.isAnnotated(targetClass) || !super.isEligible(bean, beanName)) {
            return false;
        }
        var unused = requireMethods().of(targetClass);
        return true;
    }

    /**
     * Whether the parameter is the session of a {@code @WithSession} method. A framework that calls such methods passes null.
     *
     * @throws InvalidSessionMethodException if {@code @WithSession} cannot work on the method
     */
    public boolean isSession(MethodParameter parameter) {
        Method called = parameter.getMethod();
        SessionMethod<?> method = called == null
                ? null
                : requireMethods().of(called, ClassUtils.getUserClass(parameter.getContainingClass()));
        return method != null && method.parameter() == parameter.getParameterIndex();
    }

    private SessionMethods requireMethods() {
        return Objects.requireNonNull(methods, "setBeanFactory was not called");
    }

    /** Returns the session classes that the methods of the beans made so far name. */
    public Set<Class<? extends Session>> sessionTypes() {
        return methods == null ? Set.of() : methods.types();
    }

    /** Returns the session classes that the methods of a bean's class name, whether or not there is a bean yet. */
    public static Set<Class<? extends Session>> sessionTypesOf(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, WithSession.class)
                ? SessionMethods.typesOf(beanClass)
                : Set.of();
    }
}
