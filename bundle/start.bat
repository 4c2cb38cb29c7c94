@echo off
rem Double-click, or drop a workbook on this file.
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHON=
rem pythons.txt names the versions that this folder has packages for, one a line.
for /f "usebackq" %%v in ("%~dp0pythons.txt") do if not defined PYTHON (
  py -%%v -c "import sys; sys.exit(sys.maxsize < 2**32)" >nul 2>nul && set PYTHON=py -%%v
)
rem Any other Python runs start.py too, which says which versions fit.
if not defined PYTHON (
  python -c "" >nul 2>nul && set PYTHON=python
)
if defined PYTHON goto run
echo No Python that fits was found. Install one of these versions, 64 bit, from its installer:
type "%~dp0pythons.txt"
type "%~dp0no_python.txt"
goto done
:run
rem Outside any block: a name such as study(1).xlsx would close it.
%PYTHON% "%~dp0start.py" %*
:done
pause
