// The names of Groovy files in; what is wrong with them, and the shell scripts that they hold, out: a line of
// `file TAB line TAB column TAB "problem" or "script" TAB message or script in Base64` for each.
// Nothing is run: the compiler stops once it has a syntax tree. In that tree the sections of a Declarative pipeline
// are looked up: https://www.jenkins.io/doc/book/pipeline/syntax/#declarative-pipeline
import groovy.transform.Field
import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.MapExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.Phases

@Field final Map ALLOWED = [
    pipeline: ['agent', 'environment', 'libraries', 'options', 'parameters', 'post', 'stages', 'tools', 'triggers'],
    stages  : ['stage'],
    parallel: ['stage'],
    stage   : ['agent', 'environment', 'failFast', 'input', 'matrix', 'options', 'parallel', 'post', 'stages', 'steps',
               'tools', 'when'],
    matrix  : ['agent', 'axes', 'environment', 'excludes', 'input', 'options', 'post', 'stages', 'tools', 'when'],
    post    : ['aborted', 'always', 'changed', 'cleanup', 'failure', 'fixed', 'regression', 'success', 'unstable',
               'unsuccessful'],
]
@Field final Map ONE_OF = [stage: ['steps', 'stages', 'parallel', 'matrix']]
@Field final Map EACH_OF = [pipeline: ['agent', 'stages'], matrix: ['axes', 'stages']]
@Field String file

void say(int line, int column, Object message) {
    println([file, line, column, 'problem', message.toString().replaceAll(/\s+/, ' ')].join('\t'))
}

// What `sh '…'` and `sh(script: '…')` run, where it holds no value of Groovy's.
void sayScript(MethodCallExpression call) {
    def given = call.arguments.hasProperty('expressions') ? call.arguments.expressions : []
    def named = given.findAll { it instanceof MapExpression }.collectMany { it.mapEntryExpressions }
    named = named.findAll { it.keyExpression.text == 'script' }*.valueExpression
    (given + named).findAll { it instanceof ConstantExpression && it.value instanceof String }.each {
        println([file, it.lineNumber, it.columnNumber, 'script', it.value.getBytes('UTF-8').encodeBase64()].join('\t'))
    }
}

MethodCallExpression callOf(Object statement) {
    def expression = statement instanceof ExpressionStatement ? statement.expression : null
    expression instanceof MethodCallExpression ? expression : null
}

ClosureExpression bodyOf(MethodCallExpression call) {
    def given = call.arguments.hasProperty('expressions') ? call.arguments.expressions : []
    def last = given ? given.last() : null
    last instanceof ClosureExpression ? last : null
}

void checkSections(String name, MethodCallExpression call) {
    def body = bodyOf(call)
    if (body == null) {
        say(call.lineNumber, call.columnNumber, "`$name` has no `{ … }`")
        return
    }
    def found = []
    body.code.statements.each { statement ->
        def inner = callOf(statement)
        def section = inner?.methodAsString
        if (section == null || !(section in ALLOWED[name])) {
            def what = section ? "no `$section`" : 'nothing but sections'
            def allowed = ALLOWED[name].join(', ')
            say(statement.lineNumber, statement.columnNumber, "`$name` takes $what; allowed: $allowed")
            return
        }
        found << section
        if (section in ALLOWED) { checkSections(section, inner) }
    }
    EACH_OF[name].findAll { !(it in found) }.each { say(call.lineNumber, call.columnNumber, "`$name` has no `$it`") }
    def chosen = found.findAll { it in ONE_OF[name] }
    if (name in ONE_OF && chosen.size() != 1) {
        def allowed = ONE_OF[name].join(', ')
        say(call.lineNumber, call.columnNumber, "`$name` has one of: $allowed; here: ${chosen.join(', ') ?: 'none'}")
    }
}

void check(String name) {
    file = name
    def unit = new CompilationUnit()
    unit.addSource(new File(name))
    try {
        unit.compile(Phases.CONVERSION)
    } catch (MultipleCompilationErrorsException failure) {
        failure.errorCollector.errors.each { error ->
            def cause = error.hasProperty('cause') ? error.cause : null
            def message = cause?.hasProperty('originalMessage') ? cause.originalMessage : cause?.message ?: error
            say(cause?.hasProperty('line') ? cause.line : 1, cause?.hasProperty('startColumn') ? cause.startColumn : 1,
                "not valid Groovy: $message")
        }
        return
    }
    def statements = unit.AST.modules.collectMany { it.statementBlock.statements }
    def visitor = new CodeVisitorSupport() {
        void visitMethodCallExpression(MethodCallExpression call) {
            if (call.methodAsString == 'sh') { sayScript(call) }
            super.visitMethodCallExpression(call)
        }
    }
    (statements + unit.AST.modules.collectMany { it.methods*.code }).each { it?.visit(visitor) }
    def pipelines = statements.collect { callOf(it) }.findAll { it?.methodAsString == 'pipeline' }
    pipelines.each { checkSections('pipeline', it) }
}

args.each {
    try {
        check(it)
    } catch (StackOverflowError ignored) {
        say(1, 1, 'this block is nested too deep to be read; make it flatter')
    }
}
