@echo off
rem Double-click, or drop a workbook on this file.
chcp 65001 >nul
set PYTHONUTF8=1
for %%v in (3.13 3.12 3.14 3.11) do (
  py -%%v -c "" >nul 2>nul && (
    py -%%v "%~dp0start.py" %*
    goto done
  )
)
python -c "" >nul 2>nul && (
  python "%~dp0start.py" %*
  goto done
)
echo No Python was found. Install Python 3.13 (64 bit) from its installer, then start again.
type "%~dp0no_python.txt"
:done
pause
