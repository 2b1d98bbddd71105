using MathNet.Numerics.LinearAlgebra;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>A condition on x of a quadratic program: normal · x at least the bound, or equal to it.</summary>
/// <param name="Normal">Coefficients.</param>
/// <param name="Bound">The bound.</param>
/// <param name="IsEquality">Equal instead of at least.</param>
internal sealed record LinearCondition(double[] Normal, double Bound, bool IsEquality = false)
{
    /// <summary>x[index] times a sign of at least a bound.</summary>
    public static LinearCondition Single(int size, int index, double sign, double bound)
    {
        double[] normal = new double[size];
        normal[index] = sign;
        return new LinearCondition(normal, bound);
    }
}

/// <summary>
/// Smallest ½x'Gx - a'x under linear conditions, by the dual active set method of Goldfarb and Idnani (1983): from the free minimum, the most violated condition
/// is made active, and those whose multiplier would turn negative are let go, until none is violated. Ends at the exact set of active conditions, from which
/// x is computed once more, so that the result is as exact as the solution of a linear system.
/// </summary>
internal sealed class QuadraticProgram
{
    // Of numbers of the order of 1: matrices and conditions are scaled before.
    private const double Tolerance = 1e-12;

    private readonly Matrix<double> _inverse;
    private readonly Vector<double> _free;
    private readonly IReadOnlyList<LinearCondition> _conditions;
    private readonly List<Active> _active = [];
    private Vector<double> _x;

    private QuadraticProgram(Matrix<double> inverse, Vector<double> linear, IReadOnlyList<LinearCondition> conditions)
    {
        _inverse = inverse;
        _conditions = conditions;
        _free = inverse * linear;
        _x = _free;
    }

    /// <summary>Solves one.</summary>
    /// <param name="quadratic">G, positive definite.</param>
    /// <param name="linear">a.</param>
    /// <param name="conditions">The conditions; equalities first.</param>
    /// <returns>x; null where no x meets all conditions.</returns>
    /// <exception cref="PortfolioInputException">G is not positive definite.</exception>
    public static double[]? Solve(double[,] quadratic, IReadOnlyList<double> linear, IReadOnlyList<LinearCondition> conditions)
    {
        Matrix<double> g = Matrix<double>.Build.DenseOfArray(Covariance.Checked(quadratic));
        double scale = g.Trace() / g.RowCount;
        QuadraticProgram program = new(Inverse(g / scale), Vector<double>.Build.DenseOfEnumerable(linear) / scale, conditions);
        return program.Run() ? program.Polished() : null;
    }

    private static Matrix<double> Inverse(Matrix<double> matrix)
    {
        // A matrix that is singular but for rounding passes for positive definite: what it then gives are numbers without meaning.
        if (matrix.ConditionNumber() < 1e13)
        {
            try
            {
                return matrix.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(matrix.RowCount));
            }
            catch (ArgumentException)
            {
                // Not positive definite; told below as the singular one is.
            }
        }

        throw new PortfolioInputException("covariance", "not positive definite", "more periods than assets and none that repeats others, or shrinkage");
    }

    private bool Run()
    {
        int most = 50 * (_conditions.Count + 1);
        for (int step = 0; step < most; step++)
        {
            if (MostViolated() is not { } next)
            {
                return true;
            }

            if (!Enforce(next))
            {
                return false;
            }
        }

        return false;
    }

    // An equality from above counts as the condition with the other sign.
    private Active? MostViolated()
    {
        Active? worst = null;
        double worstBy = Tolerance;
        for (int i = 0; i < _conditions.Count; i++)
        {
            LinearCondition condition = _conditions[i];
            Vector<double> normal = Vector<double>.Build.DenseOfArray(condition.Normal);
            double missing = condition.Bound - normal.DotProduct(_x);
            double by = condition.IsEquality ? Math.Abs(missing) : missing;
            if (by > worstBy && !_active.Exists(active => active.Index == i))
            {
                worst = condition.IsEquality && missing < 0
                    ? new Active(i, -normal, -condition.Bound, true)
                    : new Active(i, normal, condition.Bound, condition.IsEquality);
                worstBy = by;
                if (condition.IsEquality)
                {
                    break;
                }
            }
        }

        return worst;
    }

    private bool Enforce(Active next)
    {
        while (true)
        {
            (Vector<double> step, double[] shifts) = Directions(next.Normal);
            (double dual, int leaving) = LongestDualStep(shifts);
            double slope = step.DotProduct(next.Normal);
            double full = slope > Tolerance * next.Normal.DotProduct(next.Normal) ? (next.Bound - next.Normal.DotProduct(_x)) / slope : double.PositiveInfinity;
            double length = Math.Min(dual, full);
            if (double.IsPositiveInfinity(length))
            {
                return false;
            }

            for (int i = 0; i < _active.Count; i++)
            {
                _active[i].Multiplier -= length * shifts[i];
            }

            next.Multiplier += length;
            if (double.IsFinite(full))
            {
                _x += step * length;
            }

            if (length == full)
            {
                _active.Add(next);
                return true;
            }

            _active.RemoveAt(leaving);
        }
    }

    private (double Length, int Leaving) LongestDualStep(double[] shifts)
    {
        (double length, int leaving) = (double.PositiveInfinity, -1);
        for (int i = 0; i < shifts.Length; i++)
        {
            double step = _active[i].Multiplier / shifts[i];
            if (!_active[i].IsEquality && shifts[i] > Tolerance && step < length)
            {
                (length, leaving) = (step, i);
            }
        }

        return (length, leaving);
    }

    // How x moves, and how the multipliers of the active conditions fall, when the multiplier of a further condition grows by one.
    private (Vector<double> Step, double[] Shifts) Directions(Vector<double> normal)
    {
        Vector<double> free = _inverse * normal;
        if (_active.Count == 0)
        {
            return (free, []);
        }

        Matrix<double> normals = Matrix<double>.Build.DenseOfColumnVectors(_active.Select(active => active.Normal));
        Vector<double> shifts = normals.TransposeThisAndMultiply(_inverse * normals).Cholesky().Solve(normals.TransposeThisAndMultiply(free));
        return (free - (_inverse * (normals * shifts)), shifts.ToArray());
    }

    private double[] Polished()
    {
        if (_active.Count == 0)
        {
            return _free.ToArray();
        }

        Matrix<double> normals = Matrix<double>.Build.DenseOfColumnVectors(_active.Select(active => active.Normal));
        Vector<double> missing = Vector<double>.Build.DenseOfEnumerable(_active.Select(active => active.Bound)) - normals.TransposeThisAndMultiply(_free);
        Vector<double> multipliers = normals.TransposeThisAndMultiply(_inverse * normals).Cholesky().Solve(missing);
        return (_free + (_inverse * (normals * multipliers))).ToArray();
    }

    private sealed class Active(int index, Vector<double> normal, double bound, bool isEquality)
    {
        public int Index { get; } = index;

        public Vector<double> Normal { get; } = normal;

        public double Bound { get; } = bound;

        public bool IsEquality { get; } = isEquality;

        public double Multiplier { get; set; }
    }
}
