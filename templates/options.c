//: if has_options

//: if defaults
static struct $tool$_options opt = {
//: each defaults
	$text$,
//: end
};
//: else
static struct $tool$_options opt;
//: end
//: each choices

static const char *const $name$_choices[] = { $words$NULL };
//: end

static const struct b2c_option options[] = {
//: each options
	$braces$,
//: end
};
//: end
//: if has_facts

static struct $tool$_host host;
//: end
